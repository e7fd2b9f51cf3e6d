-- under which heading it stands in lists; none means by itself
ALTER TABLE project ADD COLUMN folder TEXT NOT NULL DEFAULT '';
-- a draft goes online by itself on this day, YYYY-MM-DD in the instance's time zone
ALTER TABLE project ADD COLUMN publish_on TEXT;
CREATE TABLE project_file (
  id {uuid} PRIMARY KEY,
  project_id {uuid} NOT NULL REFERENCES project (id),
  kind TEXT NOT NULL CHECK (kind IN ('image', 'file')),
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes BIGINT NOT NULL CHECK (bytes > 0),
  -- of an image, what it shows for those who do not see it; of a file, its title
  words TEXT NOT NULL CHECK (words <> ''),
  -- pixels of an image, 0 for a file
  width BIGINT NOT NULL,
  height BIGINT NOT NULL,
  position BIGINT NOT NULL,
  created_at {time} NOT NULL
);
CREATE INDEX project_file_project ON project_file (project_id, position);
