-- The newest ideas of a theme, whatever their project, without reading all of its ideas.
CREATE INDEX contribution_tagged ON contribution (tag, created_at, project_id) WHERE kind = 'idea' AND visible = TRUE;
