-- when the import of a file began, for how long it still takes
ALTER TABLE person_file ADD COLUMN started_at {time};
