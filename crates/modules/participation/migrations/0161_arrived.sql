-- when a text that a file brought came to be read: nobody could before. Nothing of any other, which came when it was written
ALTER TABLE contribution ADD COLUMN arrived_at {time};
UPDATE contribution SET arrived_at = coalesce(
  (SELECT max(f.created_at) FROM import_range g JOIN import_file f ON f.id = g.file_id
   WHERE contribution.number BETWEEN g.first_number AND g.last_number),
  (SELECT max(r.started_at) FROM import_run r WHERE r.project_id = contribution.project_id))
WHERE origin = 'import' AND status = 'prescreening';
-- what waits to be published, in the order in which it came
CREATE INDEX contribution_arrived ON contribution (coalesce(arrived_at, created_at), project_id) WHERE status = 'prescreening' AND NOT withdrawn;
