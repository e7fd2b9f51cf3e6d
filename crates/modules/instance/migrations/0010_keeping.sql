-- each backup made by itself or asked for on the page: what became of it
CREATE TABLE backup (
  id {uuid} PRIMARY KEY,
  cause TEXT NOT NULL CHECK (cause IN ('schedule', 'hand')),
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed')),
  file TEXT NOT NULL,
  started_at {time} NOT NULL,
  ended_at {time},
  bytes BIGINT NOT NULL DEFAULT 0,
  held BIGINT NOT NULL DEFAULT 0,
  -- read back whole, each part compared with what was saved
  checked_at {time},
  -- a code, said in words on the page
  problem TEXT NOT NULL DEFAULT '',
  -- the file made room for newer ones
  removed_at {time}
);
CREATE INDEX backup_started ON backup (started_at);
