-- a file of people that a member of the team brought, from its reception to its last row
CREATE TABLE person_file (
  id {uuid} PRIMARY KEY,
  file_name TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('received', 'checking', 'checked', 'queued', 'running', 'stopped', 'failed', 'done')),
  -- code of what is wrong with it as a whole
  problem TEXT NOT NULL DEFAULT '',
  -- whether its text is still kept
  kept BOOLEAN NOT NULL,
  -- how it was read: encoding and separator, or the sheet
  read_as TEXT NOT NULL DEFAULT '',
  -- the text of a workbook: a row is a line
  from_sheet BOOLEAN NOT NULL,
  -- visible sheets of a workbook, one a line
  sheets TEXT NOT NULL DEFAULT '',
  bytes BIGINT NOT NULL,
  -- what each column is taken for, in order, separated by spaces
  roles TEXT NOT NULL DEFAULT '',
  -- whether that is what was chosen for such columns before
  remembered BOOLEAN NOT NULL DEFAULT FALSE,
  -- where it comes from, as it is noted in the ledger
  origin TEXT NOT NULL DEFAULT '' CHECK (length(origin) <= 200),
  actor_id {uuid} REFERENCES person (id),
  created_at {time} NOT NULL,
  checked_at {time},
  -- when the work last said how far it is
  beat_at {time},
  ended_at {time},
  -- whether the journal has the line of its import
  noted BOOLEAN NOT NULL DEFAULT FALSE,
  done BIGINT NOT NULL DEFAULT 0 CHECK (done >= 0),
  total BIGINT NOT NULL DEFAULT 0 CHECK (total >= 0),
  created BIGINT NOT NULL DEFAULT 0,
  completed BIGINT NOT NULL DEFAULT 0,
  same BIGINT NOT NULL DEFAULT 0,
  held BIGINT NOT NULL DEFAULT 0,
  refused BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX person_file_recent ON person_file (created_at);
CREATE INDEX person_file_actor ON person_file (actor_id) WHERE actor_id IS NOT NULL;
-- what columns of people were taken for, by the set of their headers
CREATE TABLE person_columns (
  headers TEXT PRIMARY KEY,
  -- what each header is taken for, a pair a line
  roles TEXT NOT NULL,
  at {time} NOT NULL
);
