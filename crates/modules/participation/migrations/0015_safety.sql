-- whether a report may hide a text without anybody's decision: from somebody signed in, or the first of its address that day
ALTER TABLE report ADD COLUMN counts BOOLEAN NOT NULL DEFAULT TRUE;
-- the team read the reports and left the text online: no report hides it by itself any more
ALTER TABLE contribution ADD COLUMN kept BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE contribution SET kept = TRUE WHERE visible AND id IN (SELECT contribution_id FROM report WHERE settled_at IS NOT NULL);
-- unfinished drafts and addresses left unconfirmed, by age, for the sweep
CREATE INDEX draft_age ON draft (created_at);
