-- the areas that a project is about; none means the whole town. One that the team removes is not found any more
CREATE TABLE project_area (
  project_id {uuid} NOT NULL REFERENCES project (id),
  area_id {uuid} NOT NULL,
  PRIMARY KEY (project_id, area_id)
);
