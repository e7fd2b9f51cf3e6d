-- tokens of programs that act for a member of the team
CREATE TABLE api_token (
  id {uuid} PRIMARY KEY,
  token_hash TEXT NOT NULL UNIQUE,
  person_id {uuid} NOT NULL REFERENCES person (id),
  -- what its owner calls it
  name TEXT NOT NULL CHECK (name <> ''),
  -- codes of rights, with spaces between
  scopes TEXT NOT NULL CHECK (scopes <> ''),
  created_at {time} NOT NULL,
  expires_at {time} NOT NULL,
  -- to the hour
  used_at {time}
);
CREATE INDEX api_token_person ON api_token (person_id);
