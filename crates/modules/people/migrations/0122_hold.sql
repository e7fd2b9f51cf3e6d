-- which worker has a file: another that takes it gets another key
ALTER TABLE person_file ADD COLUMN hold {uuid};
