-- how far a backup is: tables written, and of how many
ALTER TABLE backup ADD COLUMN reached BIGINT NOT NULL DEFAULT 0;
ALTER TABLE backup ADD COLUMN steps BIGINT NOT NULL DEFAULT 0;
