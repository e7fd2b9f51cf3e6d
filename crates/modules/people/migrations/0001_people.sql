CREATE TABLE area (
  id {uuid} PRIMARY KEY,
  name TEXT NOT NULL,
  population BIGINT,
  position BIGINT NOT NULL,
  lon {float} NOT NULL,
  lat {float} NOT NULL,
  -- GeoJSON geometry, WGS84
  outline TEXT NOT NULL
);
CREATE UNIQUE INDEX area_name ON area (name);
CREATE TABLE person (
  id {uuid} PRIMARY KEY,
  name TEXT NOT NULL,
  email TEXT,
  email_key TEXT UNIQUE,
  lang TEXT NOT NULL,
  area_id {uuid} REFERENCES area (id),
  age TEXT CHECK (age IN ('15-24', '25-39', '40-64', '65+')),
  office TEXT NOT NULL DEFAULT '',
  role TEXT CHECK (role IN ('owner', 'administrator', 'moderator', 'analyst')),
  created_at {time} NOT NULL,
  seen_at {time},
  erased_at {time}
);
CREATE INDEX person_role ON person (role);
CREATE TABLE moderator_project (
  person_id {uuid} NOT NULL REFERENCES person (id),
  project_id {uuid} NOT NULL,
  PRIMARY KEY (person_id, project_id)
);
CREATE TABLE session (
  id {uuid} PRIMARY KEY,
  token_hash TEXT NOT NULL UNIQUE,
  person_id {uuid} NOT NULL REFERENCES person (id),
  -- browser and system in two words, for the person to recognise it
  device TEXT NOT NULL,
  created_at {time} NOT NULL,
  seen_at {time} NOT NULL,
  expires_at {time} NOT NULL
);
CREATE INDEX session_person ON session (person_id);
CREATE TABLE pass (
  id {uuid} PRIMARY KEY,
  purpose TEXT NOT NULL CHECK (purpose IN ('sign_in', 'confirm', 'invite', 'demo')),
  token_hash TEXT NOT NULL UNIQUE,
  code_hash TEXT NOT NULL,
  email TEXT NOT NULL,
  name TEXT NOT NULL DEFAULT '',
  visitor_id {uuid},
  subject_id {uuid},
  -- what is confirmed, said on the page of the link: a code, then the first words of the text
  about TEXT NOT NULL DEFAULT '',
  quote TEXT NOT NULL DEFAULT '',
  return_to TEXT NOT NULL,
  attempts BIGINT NOT NULL DEFAULT 0,
  created_at {time} NOT NULL,
  expires_at {time} NOT NULL,
  used_at {time}
);
CREATE INDEX pass_visitor ON pass (visitor_id, created_at);
CREATE INDEX pass_email ON pass (email);
-- append-only: a withdrawal is a new line
CREATE TABLE consent (
  id {uuid} PRIMARY KEY,
  person_id {uuid} NOT NULL REFERENCES person (id),
  purpose TEXT NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('email', 'sms', 'telephone')),
  state TEXT NOT NULL CHECK (state IN ('given', 'withdrawn', 'expired', 'objected')),
  wording TEXT NOT NULL,
  source TEXT NOT NULL,
  at {time} NOT NULL
);
CREATE INDEX consent_person ON consent (person_id, purpose, at);
