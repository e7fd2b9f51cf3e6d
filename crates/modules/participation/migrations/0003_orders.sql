-- lists over several projects, in each of their orders
CREATE INDEX contribution_all_supports ON contribution (kind, visible, (supports + brought));
CREATE INDEX contribution_all_comments ON contribution (kind, visible, comments);
-- how many are answered, from the index alone
DROP INDEX contribution_answered;
CREATE INDEX contribution_answered ON contribution (kind, visible, answered_at, project_id);
-- what a search finds, sifted without reading its texts
CREATE INDEX contribution_found ON contribution (number, kind, visible, project_id, shuffle);
