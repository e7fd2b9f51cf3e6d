-- a file that a member of the team brought, from its reception to its last row
CREATE TABLE import_file (
  id {uuid} PRIMARY KEY,
  file_name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('contributions', 'people', 'margins')),
  state TEXT NOT NULL CHECK (state IN ('received', 'checking', 'checked', 'queued', 'running', 'stopped', 'failed', 'done')),
  -- code of what is wrong with it as a whole
  problem TEXT NOT NULL DEFAULT '',
  -- whether its text is still kept
  kept BOOLEAN NOT NULL,
  -- how it was read: encoding and separator, or the sheet
  read_as TEXT NOT NULL DEFAULT '',
  -- the text of a workbook: a row is a line
  from_sheet BOOLEAN NOT NULL,
  bytes BIGINT NOT NULL,
  -- what each column is taken for, in order, separated by spaces
  roles TEXT NOT NULL DEFAULT '',
  -- whether that is what was chosen for such columns before
  remembered BOOLEAN NOT NULL DEFAULT FALSE,
  project_id {uuid} REFERENCES project (id),
  actor_id {uuid},
  created_at {time} NOT NULL,
  checked_at {time},
  started_at {time},
  -- when the work last said how far it is
  beat_at {time},
  ended_at {time},
  done BIGINT NOT NULL DEFAULT 0,
  total BIGINT NOT NULL DEFAULT 0,
  created BIGINT NOT NULL DEFAULT 0,
  updated BIGINT NOT NULL DEFAULT 0,
  refused BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX import_file_recent ON import_file (created_at);
-- what columns were taken for, by the set of their headers
CREATE TABLE import_mapping (
  headers TEXT PRIMARY KEY,
  -- header and role, a pair a line
  roles TEXT NOT NULL,
  at {time} NOT NULL
);
