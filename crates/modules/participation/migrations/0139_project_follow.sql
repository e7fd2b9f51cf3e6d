-- who follows a consultation itself, and how often they are told of it
CREATE TABLE project_follow (
  project_id {uuid} NOT NULL REFERENCES project (id),
  person_id {uuid} NOT NULL,
  rhythm TEXT NOT NULL CHECK (rhythm IN ('now', 'daily', 'weekly', 'never')),
  created_at {time} NOT NULL,
  -- what came after is news
  told_at {time} NOT NULL,
  PRIMARY KEY (project_id, person_id)
);
CREATE INDEX project_follow_person ON project_follow (person_id);
CREATE INDEX project_follow_waiting ON project_follow (rhythm, told_at);
-- the same asked for with an address, until the mail that spoke of it is confirmed
CREATE TABLE asked_project (
  project_id {uuid} NOT NULL REFERENCES project (id),
  -- what the pass of the mail agreed to
  request_id {uuid} NOT NULL,
  -- the browser that asked
  visitor {uuid} NOT NULL,
  -- in small letters
  email TEXT NOT NULL CHECK (email <> ''),
  -- words read beside it and in the mail, recorded as a consent when the address is confirmed
  wording TEXT NOT NULL CHECK (wording <> ''),
  source TEXT NOT NULL CHECK (source IN ('project_form', 'idea_form')),
  created_at {time} NOT NULL,
  PRIMARY KEY (project_id, request_id)
);
CREATE INDEX asked_project_request ON asked_project (request_id);
CREATE INDEX asked_project_visitor ON asked_project (visitor);
CREATE INDEX asked_project_email ON asked_project (email);
