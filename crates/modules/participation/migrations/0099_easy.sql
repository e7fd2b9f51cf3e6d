-- the group that read the summary in everyday words again; only then it is called easy to read
ALTER TABLE project ADD COLUMN easy_by TEXT NOT NULL DEFAULT '';
