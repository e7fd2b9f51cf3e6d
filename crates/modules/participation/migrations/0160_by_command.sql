-- whether a file was brought by the command line: no member of the team stands beside it
ALTER TABLE import_file ADD COLUMN by_command BOOLEAN NOT NULL DEFAULT FALSE;
