-- keys of telephones, computers and small sticks with which a member of the team signs in
CREATE TABLE passkey (
  id {uuid} PRIMARY KEY,
  person_id {uuid} NOT NULL REFERENCES person (id),
  -- the key's own name, base64url
  credential TEXT NOT NULL UNIQUE,
  -- a point of the curve P-256, base64url
  public_key TEXT NOT NULL,
  counter BIGINT NOT NULL,
  label TEXT NOT NULL,
  created_at {time} NOT NULL,
  used_at {time}
);
CREATE INDEX passkey_person ON passkey (person_id);
-- challenges that were answered: none works twice
CREATE TABLE passkey_answered (
  hash TEXT PRIMARY KEY,
  at {time} NOT NULL
);
