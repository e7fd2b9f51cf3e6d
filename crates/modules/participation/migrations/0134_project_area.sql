-- the areas that a project is about; none means the whole town
CREATE TABLE project_area (
  project_id {uuid} NOT NULL REFERENCES project (id),
  -- an area that the team removes leaves its projects
  area_id {uuid} NOT NULL REFERENCES area (id) ON DELETE CASCADE,
  PRIMARY KEY (project_id, area_id)
);
CREATE INDEX project_area_area ON project_area (area_id);
