-- numbers that the contributions of a file took, a part of the import a line: what an undo looks at
CREATE TABLE import_range (
  file_id {uuid} NOT NULL REFERENCES import_file (id),
  first_number BIGINT NOT NULL,
  last_number BIGINT NOT NULL CHECK (last_number >= first_number),
  PRIMARY KEY (file_id, first_number)
);
ALTER TABLE import_file ADD COLUMN undo_state TEXT NOT NULL DEFAULT '' CHECK (undo_state IN ('', 'asked', 'done'));
-- contributions that an undo took away
ALTER TABLE import_file ADD COLUMN undone BIGINT NOT NULL DEFAULT 0;
-- visible sheets of a workbook, one a line
ALTER TABLE import_file ADD COLUMN sheets TEXT NOT NULL DEFAULT '';
