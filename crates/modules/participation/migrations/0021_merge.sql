-- an idea that says what another says: shown on the other's page, its address leads there
ALTER TABLE contribution ADD COLUMN merged_into {uuid} REFERENCES contribution (id);
CREATE INDEX contribution_merged ON contribution (merged_into) WHERE merged_into IS NOT NULL;
CREATE TABLE merging (
  id {uuid} PRIMARY KEY,
  kept_id {uuid} NOT NULL REFERENCES contribution (id),
  actor_id {uuid},
  at {time} NOT NULL,
  undone_at {time}
);
CREATE INDEX merging_actor ON merging (actor_id);
CREATE INDEX merging_kept ON merging (kept_id, at);
-- what each idea was before
CREATE TABLE merging_part (
  merging_id {uuid} NOT NULL REFERENCES merging (id),
  contribution_id {uuid} NOT NULL REFERENCES contribution (id),
  status TEXT NOT NULL,
  published_at {time},
  brought BIGINT NOT NULL,
  PRIMARY KEY (merging_id, contribution_id)
);
-- what moved from it: reactions and comments by their keys, follows by their person
CREATE TABLE merging_row (
  merging_id {uuid} NOT NULL REFERENCES merging (id),
  contribution_id {uuid} NOT NULL REFERENCES contribution (id),
  what TEXT NOT NULL CHECK (what IN ('reaction', 'comment', 'follow')),
  key {uuid} NOT NULL,
  PRIMARY KEY (merging_id, what, key)
);
CREATE INDEX merging_row_key ON merging_row (key);
