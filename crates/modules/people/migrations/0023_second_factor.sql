-- an authenticator app of a member of the team. Its secret is made from the instance's key and `salt`: none is kept here
CREATE TABLE authenticator (
  person_id {uuid} PRIMARY KEY REFERENCES person (id),
  salt TEXT NOT NULL,
  created_at {time} NOT NULL,
  -- from then on it is asked for
  confirmed_at {time},
  -- the newest step of thirty seconds whose code was used: no code twice
  last_step BIGINT NOT NULL DEFAULT 0
);
-- keyed hashes of codes that work once each, without the app
CREATE TABLE recovery_code (
  id {uuid} PRIMARY KEY,
  person_id {uuid} NOT NULL REFERENCES person (id),
  hash TEXT NOT NULL UNIQUE,
  used_at {time}
);
CREATE INDEX recovery_code_person ON recovery_code (person_id);
-- somebody proved their address in this browser, and their second factor is still to come
CREATE TABLE second_step (
  id {uuid} PRIMARY KEY,
  visitor_id {uuid} NOT NULL,
  person_id {uuid} NOT NULL REFERENCES person (id),
  device TEXT NOT NULL,
  keep BOOLEAN NOT NULL,
  return_to TEXT NOT NULL,
  attempts BIGINT NOT NULL DEFAULT 0,
  created_at {time} NOT NULL,
  expires_at {time} NOT NULL
);
CREATE INDEX second_step_visitor ON second_step (visitor_id, created_at);
CREATE INDEX second_step_person ON second_step (person_id);
