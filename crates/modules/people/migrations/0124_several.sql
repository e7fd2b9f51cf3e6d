-- numbers of the lines that were refused while they were written: what of a telephone of several people is to be told again
-- when the import goes on
ALTER TABLE person_file ADD COLUMN several TEXT NOT NULL DEFAULT '';
