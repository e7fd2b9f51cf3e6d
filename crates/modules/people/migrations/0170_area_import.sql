-- what a file made of areas, as long as its import can be taken back
CREATE TABLE area_import (
  id {uuid} PRIMARY KEY,
  file_name TEXT NOT NULL,
  at {time} NOT NULL,
  created BIGINT NOT NULL,
  updated BIGINT NOT NULL,
  -- JSON: for each area what it was, or nothing where the file made it, and what it became
  steps TEXT NOT NULL
);
CREATE INDEX area_import_at ON area_import (at);
