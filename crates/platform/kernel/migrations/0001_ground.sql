CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
);
-- who did what: no text of a citizen, no address, only ids and codes
CREATE TABLE activity (
  id {uuid} PRIMARY KEY,
  at {time} NOT NULL,
  actor_id {uuid},
  kind TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id {uuid},
  project_id {uuid},
  detail TEXT NOT NULL DEFAULT ''
);
CREATE INDEX activity_at ON activity (at);
CREATE INDEX activity_subject ON activity (subject_id, at);
CREATE TABLE job (
  id {uuid} PRIMARY KEY,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  dedupe TEXT,
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed')),
  run_at {time} NOT NULL,
  attempts BIGINT NOT NULL DEFAULT 0,
  locked_until {time},
  last_error TEXT NOT NULL DEFAULT '',
  created_at {time} NOT NULL
);
CREATE INDEX job_due ON job (state, run_at);
CREATE UNIQUE INDEX job_dedupe ON job (dedupe) WHERE state = 'queued';
CREATE TABLE mail (
  id {uuid} PRIMARY KEY,
  dedupe TEXT NOT NULL UNIQUE,
  person_id {uuid},
  kind TEXT NOT NULL,
  recipient TEXT NOT NULL,
  subject TEXT NOT NULL,
  body_text TEXT NOT NULL,
  body_html TEXT NOT NULL,
  unsubscribe TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'failed', 'cancelled')),
  send_after {time} NOT NULL,
  attempts BIGINT NOT NULL DEFAULT 0,
  last_error TEXT NOT NULL DEFAULT '',
  created_at {time} NOT NULL,
  sent_at {time}
);
CREATE INDEX mail_due ON mail (state, send_after);
CREATE INDEX mail_person ON mail (person_id);
CREATE TABLE rate (
  bucket TEXT NOT NULL,
  window_start {time} NOT NULL,
  hits BIGINT NOT NULL,
  PRIMARY KEY (bucket, window_start)
);
CREATE TABLE counter (
  name TEXT PRIMARY KEY,
  value BIGINT NOT NULL
);
