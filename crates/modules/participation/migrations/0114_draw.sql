-- the random order is drawn from the numbers of a list: no key of its own is kept any more
DROP INDEX contribution_shuffle;
DROP INDEX contribution_all_shuffle;
DROP INDEX contribution_found;
ALTER TABLE contribution DROP COLUMN shuffle;
-- the numbers of a project's ideas, from the index alone
CREATE INDEX contribution_listed ON contribution (project_id, kind, visible, number);
-- what a search finds among the ideas online, and the numbers of all of them: small enough to stay in memory
CREATE INDEX contribution_found ON contribution (number, project_id) WHERE kind = 'idea' AND visible = TRUE;
--postgres ANALYZE contribution;
