-- the file of the desk whose import made a text wait to be checked; it may be forgotten before the text is read
ALTER TABLE contribution ADD COLUMN held_by {uuid};
CREATE INDEX contribution_held ON contribution (held_by) WHERE status = 'prescreening' AND held_by IS NOT NULL;
UPDATE contribution SET held_by =
  (SELECT g.file_id FROM import_range g WHERE contribution.number BETWEEN g.first_number AND g.last_number LIMIT 1)
WHERE origin = 'import' AND status = 'prescreening'
  AND (EXISTS (SELECT 1 FROM screening s WHERE s.contribution_id = contribution.id)
    OR EXISTS (SELECT 1 FROM contact_text t WHERE t.contribution_id = contribution.id AND t.masked_at IS NULL));
