-- who has a contribution open, whom it is given to, who decided on it last
CREATE TABLE handling (
  contribution_id {uuid} PRIMARY KEY REFERENCES contribution (id),
  holder_id {uuid},
  held_at {time},
  assignee_id {uuid},
  actor_id {uuid},
  acted_at {time}
);
CREATE INDEX handling_assignee ON handling (assignee_id) WHERE assignee_id IS NOT NULL;
CREATE INDEX handling_holder ON handling (holder_id) WHERE holder_id IS NOT NULL;
CREATE INDEX handling_actor ON handling (actor_id) WHERE actor_id IS NOT NULL;
-- several contributions decided on at once
CREATE TABLE lot (
  id {uuid} PRIMARY KEY,
  actor_id {uuid},
  action TEXT NOT NULL CHECK (action IN ('publier', 'refuser', 'etat', 'theme', 'quartier', 'projet', 'confier', 'repondre', 'fusionner')),
  -- what is decided, as JSON
  detail TEXT NOT NULL,
  -- whom they are given to, or whose own words
  person_id {uuid},
  state TEXT NOT NULL CHECK (state IN ('draft', 'running', 'done', 'cancelled', 'undoing', 'undone')),
  created_at {time} NOT NULL,
  started_at {time},
  -- when its last part was done
  moved_at {time} NOT NULL
);
CREATE INDEX lot_actor ON lot (actor_id, created_at);
CREATE INDEX lot_age ON lot (created_at);
CREATE TABLE lot_item (
  lot_id {uuid} NOT NULL REFERENCES lot (id),
  contribution_id {uuid} NOT NULL REFERENCES contribution (id),
  -- its version when it was chosen: with another it is left alone
  version BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'changed', 'held', 'impossible', 'refused', 'undone', 'kept')),
  -- what it was, for the undo
  status TEXT NOT NULL,
  reason TEXT NOT NULL,
  project_id {uuid} NOT NULL,
  area_id {uuid},
  tag TEXT NOT NULL,
  published_at {time},
  answered_at {time},
  assignee_id {uuid},
  -- what its followers are told of: a line of its history, or its answer
  told {uuid},
  version_after BIGINT,
  PRIMARY KEY (lot_id, contribution_id)
);
CREATE INDEX lot_item_state ON lot_item (lot_id, state);
CREATE INDEX lot_item_of ON lot_item (contribution_id);
-- mails taken back by the beginning of their reason
--postgres CREATE INDEX mail_reason ON mail (dedupe text_pattern_ops);
--postgres CREATE INDEX notice_reason ON notice (dedupe text_pattern_ops);
