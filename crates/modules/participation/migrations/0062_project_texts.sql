-- texts of a project in the other languages of the instance; those of its first language are the project's own
CREATE TABLE project_text (
  project_id {uuid} NOT NULL REFERENCES project (id),
  lang TEXT NOT NULL CHECK (length(lang) BETWEEN 2 AND 10),
  field TEXT NOT NULL CHECK (field IN ('title', 'summary', 'easy', 'description', 'phase')),
  -- of the name of a phase, which; for the others the project's own key
  part {uuid} NOT NULL,
  body TEXT NOT NULL CHECK (body <> ''),
  PRIMARY KEY (project_id, lang, field, part)
);
