-- whether the ledger ever said something of a person: who waits for an accord is found without reading it
ALTER TABLE person ADD COLUMN in_ledger BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE person SET in_ledger = TRUE WHERE EXISTS (SELECT 1 FROM consent c WHERE c.person_id = person.id);
CREATE INDEX person_waiting ON person (folded, id)
  WHERE NOT in_ledger AND origin <> 'web' AND role IS NULL AND seen_at IS NULL AND erased_at IS NULL AND merged_into IS NULL;
-- the directory narrowed to an area, or to how people came to be known, in its own order
CREATE INDEX person_area ON person (area_id, folded, id) WHERE erased_at IS NULL AND merged_into IS NULL;
CREATE INDEX person_origin ON person (origin, folded, id) WHERE erased_at IS NULL AND merged_into IS NULL;
-- who may be reached on a channel that few chose
CREATE INDEX consent_given ON consent (channel, person_id) WHERE state = 'given';
