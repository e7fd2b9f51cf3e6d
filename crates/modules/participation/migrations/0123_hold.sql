-- which worker has a file: another that takes it gets another key
ALTER TABLE import_file ADD COLUMN hold {uuid};
