-- telephone in E.164, postal address, how the person came to be known
ALTER TABLE person ADD COLUMN phone TEXT CHECK (phone LIKE '+%' AND length(phone) BETWEEN 8 AND 16);
ALTER TABLE person ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE person ADD COLUMN origin TEXT NOT NULL DEFAULT 'web' CHECK (origin IN ('web', 'stand', 'paper', 'phone', 'door', 'import'));
-- the sheet that this one was merged into: never one that was merged itself
ALTER TABLE person ADD COLUMN merged_into {uuid} REFERENCES person (id);
-- name, address and telephone without accents or capitals, for the search and the order of the directory; none until computed
ALTER TABLE person ADD COLUMN folded TEXT;
CREATE INDEX person_phone ON person (phone) WHERE phone IS NOT NULL;
CREATE INDEX person_folded ON person (folded, id) WHERE erased_at IS NULL AND merged_into IS NULL;
CREATE INDEX person_unfolded ON person (id) WHERE folded IS NULL;
CREATE INDEX person_merged ON person (merged_into) WHERE merged_into IS NOT NULL;
-- what proves an accord that a member of the team wrote down, who did, and when
ALTER TABLE consent ADD COLUMN proof TEXT NOT NULL DEFAULT '';
ALTER TABLE consent ADD COLUMN actor_id {uuid};
ALTER TABLE consent ADD COLUMN noted_at {time};
-- what the team writes down about a person; they can ask to read it
CREATE TABLE person_note (
  id {uuid} PRIMARY KEY,
  person_id {uuid} NOT NULL REFERENCES person (id),
  actor_id {uuid} NOT NULL,
  body TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 2000),
  at {time} NOT NULL
);
CREATE INDEX person_note_of ON person_note (person_id, at);
