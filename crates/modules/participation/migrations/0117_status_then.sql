-- the status that a text brought by a file gets when it is published, where it waits to be checked first
ALTER TABLE contribution ADD COLUMN status_then TEXT NOT NULL DEFAULT '';
