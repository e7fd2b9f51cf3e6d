-- what waits on the desk, counted on each of its pages
CREATE INDEX contribution_to_publish ON contribution (created_at, project_id) WHERE status = 'prescreening' AND NOT withdrawn;
CREATE INDEX contribution_reported ON contribution (created_at, project_id) WHERE reports > 0 AND status <> 'prescreening' AND NOT withdrawn;
CREATE INDEX contribution_to_answer ON contribution (published_at, project_id, created_at) WHERE kind = 'idea' AND visible AND answered_at IS NULL AND reports = 0 AND origin <> 'import' AND status IN ('proposed', 'under_consideration');
CREATE INDEX contribution_newest ON contribution (created_at);
-- a first name looked for in the queue
--sqlite CREATE INDEX contribution_author_name ON contribution (author_name);
--postgres CREATE INDEX contribution_author_name ON contribution (author_name text_pattern_ops);
-- the answer that a correction replaced, as JSON, for an undo within ten minutes
ALTER TABLE answer ADD COLUMN previous TEXT NOT NULL DEFAULT '';
