-- how many versions of a text are of imports: the others are of people, who decided
ALTER TABLE contribution ADD COLUMN import_changes BIGINT NOT NULL DEFAULT 0;
