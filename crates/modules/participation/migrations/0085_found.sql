-- what a search finds among the ideas online: small enough to stay in memory beside the words
DROP INDEX contribution_found;
CREATE INDEX contribution_found ON contribution (number, project_id, shuffle) WHERE kind = 'idea' AND visible = TRUE;
