-- words of a refusal that the team keeps, with fields filled for each author
CREATE TABLE reply_template (
  id {uuid} PRIMARY KEY,
  title TEXT NOT NULL CHECK (title <> ''),
  body TEXT NOT NULL CHECK (body <> ''),
  created_at {time} NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);
-- what the team tells itself about a contribution: never shown outside
CREATE TABLE note (
  id {uuid} PRIMARY KEY,
  contribution_id {uuid} NOT NULL REFERENCES contribution (id),
  author_id {uuid},
  body TEXT NOT NULL,
  at {time} NOT NULL
);
CREATE INDEX note_of ON note (contribution_id, at);
CREATE INDEX note_author ON note (author_id);
CREATE TABLE note_mention (
  note_id {uuid} NOT NULL REFERENCES note (id),
  person_id {uuid} NOT NULL,
  seen_at {time},
  PRIMARY KEY (note_id, person_id)
);
CREATE INDEX note_mention_person ON note_mention (person_id, seen_at);
-- filters of the queue kept under a name
CREATE TABLE saved_view (
  id {uuid} PRIMARY KEY,
  owner_id {uuid} NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  query TEXT NOT NULL,
  shared BOOLEAN NOT NULL,
  created_at {time} NOT NULL
);
CREATE UNIQUE INDEX saved_view_name ON saved_view (owner_id, name);
