-- what the team calls a link ("Affiche de la gare"); when it was stopped, it opens nothing until it is started again
ALTER TABLE short_link ADD COLUMN label TEXT NOT NULL DEFAULT '' CHECK (length(label) <= 80);
ALTER TABLE short_link ADD COLUMN stopped_at {time};
CREATE INDEX short_link_project ON short_link (project_id, created_at);
-- the link by which an idea came, from its first screen on
ALTER TABLE draft ADD COLUMN link TEXT REFERENCES short_link (code);
ALTER TABLE contribution ADD COLUMN link TEXT REFERENCES short_link (code);
CREATE INDEX contribution_link ON contribution (link, created_at) WHERE link IS NOT NULL;
