CREATE TABLE project (
  id {uuid} PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  summary TEXT NOT NULL DEFAULT '',
  easy TEXT NOT NULL DEFAULT '',
  description TEXT NOT NULL DEFAULT '',
  visibility TEXT NOT NULL CHECK (visibility IN ('public', 'link', 'team')),
  -- opens a project that is visible by its secret link
  secret TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'archived')),
  position BIGINT NOT NULL,
  created_at {time} NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);
CREATE TABLE phase (
  id {uuid} PRIMARY KEY,
  project_id {uuid} NOT NULL REFERENCES project (id),
  title TEXT NOT NULL,
  method TEXT NOT NULL CHECK (method IN ('ideation', 'information')),
  -- days in the instance's time zone, YYYY-MM-DD, both included; no end means open-ended
  starts_on TEXT NOT NULL,
  ends_on TEXT,
  posting BOOLEAN NOT NULL,
  commenting BOOLEAN NOT NULL,
  supporting BOOLEAN NOT NULL,
  opposing BOOLEAN NOT NULL,
  anonymous BOOLEAN NOT NULL,
  prescreening BOOLEAN NOT NULL
);
CREATE INDEX phase_project ON phase (project_id, starts_on);
CREATE TABLE contribution (
  id {uuid} PRIMARY KEY,
  number BIGINT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('idea', 'comment')),
  project_id {uuid} NOT NULL REFERENCES project (id),
  -- the idea a comment stands under
  idea_id {uuid} REFERENCES contribution (id),
  -- the comment a reply answers
  reply_to {uuid} REFERENCES contribution (id),
  author_id {uuid},
  -- browser or person that wrote it: never shown
  holder {uuid} NOT NULL,
  author_name TEXT NOT NULL DEFAULT '',
  -- office of a member of the team who wrote in that capacity
  office TEXT NOT NULL DEFAULT '',
  -- address left with the text, until its owner confirms it
  pending_email TEXT,
  -- words read beside it, recorded as a consent when it is confirmed
  pending_consent TEXT,
  title TEXT NOT NULL DEFAULT '',
  body TEXT NOT NULL,
  lang TEXT NOT NULL,
  tag TEXT NOT NULL DEFAULT '',
  area_id {uuid},
  place TEXT NOT NULL DEFAULT '',
  lon {float},
  lat {float},
  age TEXT,
  side TEXT NOT NULL DEFAULT '' CHECK (side IN ('', 'for', 'against')),
  origin TEXT NOT NULL CHECK (origin IN ('web', 'stand', 'paper', 'phone', 'import')),
  external_id TEXT,
  status TEXT NOT NULL CHECK (status IN ('prescreening', 'proposed', 'under_consideration', 'accepted', 'implemented', 'rejected', 'answered', 'ineligible')),
  -- why it was refused, as the author reads it
  reason TEXT NOT NULL DEFAULT '',
  hidden BOOLEAN NOT NULL DEFAULT FALSE,
  withdrawn BOOLEAN NOT NULL DEFAULT FALSE,
  -- published, not hidden, not withdrawn: kept in step by the store
  visible BOOLEAN NOT NULL,
  created_at {time} NOT NULL,
  published_at {time},
  answered_at {time},
  -- supports that count (confirmed), those an import brought, opposition, visible comments
  supports BIGINT NOT NULL DEFAULT 0,
  brought BIGINT NOT NULL DEFAULT 0,
  opposes BIGINT NOT NULL DEFAULT 0,
  comments BIGINT NOT NULL DEFAULT 0,
  reports BIGINT NOT NULL DEFAULT 0,
  -- place in the random order
  shuffle BIGINT NOT NULL,
  -- stemmed words, for search
  terms TEXT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX contribution_shuffle ON contribution (project_id, kind, visible, shuffle);
CREATE INDEX contribution_recent ON contribution (project_id, kind, visible, created_at);
CREATE INDEX contribution_supports ON contribution (project_id, kind, visible, (supports + brought));
CREATE INDEX contribution_comments ON contribution (project_id, kind, visible, comments);
CREATE INDEX contribution_tag ON contribution (project_id, kind, visible, tag);
CREATE INDEX contribution_voices ON contribution (project_id, visible, holder);
CREATE INDEX contribution_all_shuffle ON contribution (kind, visible, shuffle);
CREATE INDEX contribution_everywhere ON contribution (kind, visible, created_at);
CREATE INDEX contribution_answered ON contribution (kind, visible, answered_at);
CREATE INDEX contribution_status ON contribution (status, created_at);
CREATE INDEX contribution_under ON contribution (idea_id, visible, created_at);
CREATE INDEX contribution_reply ON contribution (reply_to) WHERE reply_to IS NOT NULL;
CREATE INDEX contribution_author ON contribution (author_id);
CREATE INDEX contribution_holder ON contribution (holder);
CREATE INDEX contribution_pending ON contribution (pending_email);
CREATE UNIQUE INDEX contribution_external ON contribution (project_id, external_id);
--sqlite CREATE VIRTUAL TABLE contribution_search USING fts5 (terms, content = '', contentless_delete = 1);
--postgres ALTER TABLE contribution ADD COLUMN search tsvector GENERATED ALWAYS AS (to_tsvector('simple', terms)) STORED;
--postgres CREATE INDEX contribution_search ON contribution USING GIN (search);
CREATE TABLE reaction (
  id {uuid} PRIMARY KEY,
  contribution_id {uuid} NOT NULL REFERENCES contribution (id),
  holder {uuid} NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('support', 'oppose')),
  -- counts in public totals once its holder is a person with a confirmed address
  confirmed BOOLEAN NOT NULL,
  created_at {time} NOT NULL
);
CREATE UNIQUE INDEX reaction_once ON reaction (contribution_id, holder);
CREATE INDEX reaction_holder ON reaction (holder);
CREATE TABLE follow (
  contribution_id {uuid} NOT NULL REFERENCES contribution (id),
  person_id {uuid} NOT NULL,
  rhythm TEXT NOT NULL CHECK (rhythm IN ('now', 'daily', 'weekly', 'never')),
  created_at {time} NOT NULL,
  PRIMARY KEY (contribution_id, person_id)
);
CREATE INDEX follow_person ON follow (person_id);
-- news of a followed idea that waits for its daily or weekly mail
CREATE TABLE notice (
  id {uuid} PRIMARY KEY,
  person_id {uuid} NOT NULL,
  contribution_id {uuid} NOT NULL REFERENCES contribution (id),
  kind TEXT NOT NULL,
  rhythm TEXT NOT NULL CHECK (rhythm IN ('daily', 'weekly')),
  -- the reason it is told, as mails have one: the same reason is told once
  dedupe TEXT NOT NULL UNIQUE,
  at {time} NOT NULL,
  sent_at {time}
);
CREATE INDEX notice_waiting ON notice (rhythm, sent_at, person_id);
CREATE TABLE answer (
  id {uuid} PRIMARY KEY,
  contribution_id {uuid} NOT NULL UNIQUE REFERENCES contribution (id),
  status TEXT NOT NULL,
  decision TEXT NOT NULL,
  body TEXT NOT NULL,
  cost TEXT NOT NULL DEFAULT '',
  next TEXT NOT NULL DEFAULT '',
  signer TEXT NOT NULL,
  office TEXT NOT NULL DEFAULT '',
  actor_id {uuid} NOT NULL,
  -- the idea's status before, for an undo within ten minutes
  status_before TEXT NOT NULL,
  published_at {time} NOT NULL
);
CREATE INDEX answer_published ON answer (published_at);
CREATE TABLE status_change (
  id {uuid} PRIMARY KEY,
  contribution_id {uuid} NOT NULL REFERENCES contribution (id),
  status TEXT NOT NULL,
  actor_id {uuid},
  at {time} NOT NULL
);
CREATE INDEX status_change_of ON status_change (contribution_id, at);
CREATE TABLE report (
  id {uuid} PRIMARY KEY,
  contribution_id {uuid} NOT NULL REFERENCES contribution (id),
  holder {uuid} NOT NULL,
  reason TEXT NOT NULL CHECK (reason IN ('recognisable', 'hurtful', 'off_topic', 'advertising', 'other')),
  note TEXT NOT NULL DEFAULT '',
  at {time} NOT NULL,
  settled_at {time}
);
CREATE UNIQUE INDEX report_once ON report (contribution_id, holder);
CREATE TABLE draft (
  id {uuid} PRIMARY KEY,
  visitor {uuid} NOT NULL,
  project_id {uuid} NOT NULL REFERENCES project (id),
  body TEXT NOT NULL,
  place TEXT NOT NULL DEFAULT '',
  area_id {uuid},
  created_at {time} NOT NULL,
  -- the idea it became: a second submit finds it and makes none
  contribution_id {uuid}
);
CREATE INDEX draft_visitor ON draft (visitor, created_at);
CREATE TABLE short_link (
  code TEXT PRIMARY KEY,
  project_id {uuid} NOT NULL REFERENCES project (id),
  area_id {uuid},
  place TEXT NOT NULL DEFAULT '',
  visits BIGINT NOT NULL DEFAULT 0,
  created_at {time} NOT NULL
);
CREATE TABLE import_run (
  id {uuid} PRIMARY KEY,
  project_id {uuid} NOT NULL REFERENCES project (id),
  file_name TEXT NOT NULL,
  actor_id {uuid},
  started_at {time} NOT NULL,
  ended_at {time},
  rows_read BIGINT NOT NULL DEFAULT 0,
  created BIGINT NOT NULL DEFAULT 0,
  updated BIGINT NOT NULL DEFAULT 0,
  refused BIGINT NOT NULL DEFAULT 0
);
