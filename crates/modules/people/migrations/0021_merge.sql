-- what two sheets of one person have in common: the mailbox without its tags, the name with the address
ALTER TABLE person ADD COLUMN match_mail TEXT;
ALTER TABLE person ADD COLUMN match_place TEXT;
CREATE INDEX person_match_mail ON person (match_mail) WHERE match_mail IS NOT NULL;
CREATE INDEX person_match_place ON person (match_place) WHERE match_place IS NOT NULL;
-- computed by the job that folds names
UPDATE person SET folded = NULL WHERE erased_at IS NULL;
-- two sheets made one; what moved is kept for an undo, and emptied after
CREATE TABLE person_merge (
  id {uuid} PRIMARY KEY,
  kept_id {uuid} NOT NULL REFERENCES person (id),
  merged_id {uuid} NOT NULL REFERENCES person (id),
  actor_id {uuid},
  at {time} NOT NULL,
  undone_at {time},
  moved TEXT NOT NULL,
  CHECK (kept_id <> merged_id)
);
CREATE INDEX person_merge_kept ON person_merge (kept_id, at);
CREATE INDEX person_merge_merged ON person_merge (merged_id);
-- two sheets that the team found to be two people: not proposed again
CREATE TABLE person_apart (
  one_id {uuid} NOT NULL REFERENCES person (id),
  other_id {uuid} NOT NULL REFERENCES person (id),
  actor_id {uuid},
  at {time} NOT NULL,
  PRIMARY KEY (one_id, other_id),
  CHECK (one_id <> other_id)
);
CREATE INDEX person_apart_other ON person_apart (other_id);
