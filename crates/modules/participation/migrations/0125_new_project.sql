-- the project that an import makes: its name, whether it goes online, whether anybody may post there
ALTER TABLE import_file ADD COLUMN new_title TEXT NOT NULL DEFAULT '';
ALTER TABLE import_file ADD COLUMN new_public BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE import_file ADD COLUMN new_open BOOLEAN NOT NULL DEFAULT FALSE;
