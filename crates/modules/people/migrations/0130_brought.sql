-- what each file of people brought, for the undo of its import: the sheets it made, what it added to those that were there
CREATE TABLE person_brought (
  file_id {uuid} NOT NULL REFERENCES person_file (id),
  person_id {uuid} NOT NULL REFERENCES person (id),
  -- whether the file made the sheet
  made BOOLEAN NOT NULL,
  -- the fields it wrote, each with a digest of what it wrote there and a space; a later one of the same field counts
  wrote TEXT NOT NULL,
  -- the entry of the ledger that it added
  consent_id {uuid},
  PRIMARY KEY (file_id, person_id)
);
CREATE INDEX person_brought_person ON person_brought (person_id);
-- an undo: whether it was asked for or is done, the sheets it took away, those that are again what they were
ALTER TABLE person_file ADD COLUMN undo_state TEXT NOT NULL DEFAULT '' CHECK (undo_state IN ('', 'asked', 'done'));
ALTER TABLE person_file ADD COLUMN undone BIGINT NOT NULL DEFAULT 0 CHECK (undone >= 0);
ALTER TABLE person_file ADD COLUMN put_back BIGINT NOT NULL DEFAULT 0 CHECK (put_back >= 0);
