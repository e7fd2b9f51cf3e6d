-- who may not post for a time, and why
CREATE TABLE block (
  id {uuid} PRIMARY KEY,
  person_id {uuid},
  -- as the person reads it; emptied when they are erased
  reason TEXT NOT NULL,
  actor_id {uuid},
  at {time} NOT NULL,
  -- none: until somebody undoes it
  ends_at {time},
  undone_at {time},
  undone_by {uuid},
  -- the one reply of whoever is blocked
  reply TEXT NOT NULL DEFAULT '',
  replied_at {time}
);
CREATE UNIQUE INDEX block_standing ON block (person_id) WHERE undone_at IS NULL AND person_id IS NOT NULL;
-- keyed hashes of the mail address and the browsers that a block holds for
CREATE TABLE block_key (
  hash TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('mail', 'browser')),
  block_id {uuid} NOT NULL REFERENCES block (id)
);
CREATE INDEX block_key_of ON block_key (block_id);
