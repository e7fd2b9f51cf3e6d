-- what a search finds among the ideas online: small enough to stay in memory beside the words
DROP INDEX contribution_found;
CREATE INDEX contribution_found ON contribution (number, project_id, shuffle) WHERE kind = 'idea' AND visible = TRUE;
-- without figures on the columns added since, PostgreSQL takes half of all texts for contested ones, and reads them all
--postgres ANALYZE contribution;
