-- a change of settings that can be taken back for ten minutes; gone within the hour after
CREATE TABLE settings_step (
  id {uuid} PRIMARY KEY,
  section TEXT NOT NULL,
  actor_id {uuid} NOT NULL,
  at {time} NOT NULL,
  -- the values that changed, as they were and as they are since, as JSON
  before TEXT NOT NULL,
  after TEXT NOT NULL
);
CREATE INDEX settings_step_actor ON settings_step (actor_id, at);
