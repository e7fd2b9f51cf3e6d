-- its author replied to a decision, and nobody has decided since
ALTER TABLE contribution ADD COLUMN appeal BOOLEAN NOT NULL DEFAULT FALSE;
DROP INDEX contribution_reported;
CREATE INDEX contribution_reported ON contribution (created_at, project_id) WHERE (reports > 0 OR appeal) AND status <> 'prescreening' AND NOT withdrawn;
-- the one reply of an author to what was decided of their text
CREATE TABLE author_reply (
  contribution_id {uuid} PRIMARY KEY REFERENCES contribution (id),
  body TEXT NOT NULL,
  at {time} NOT NULL,
  -- when the team decided anew
  decided_at {time}
);
-- what was decided of texts, for the public log: no name, no word of a text
CREATE TABLE moderation_event (
  id {uuid} PRIMARY KEY,
  contribution_id {uuid} NOT NULL REFERENCES contribution (id),
  action TEXT NOT NULL CHECK (action IN ('held', 'refused', 'hidden', 'reported_away', 'shown', 'replied', 'changed')),
  reason TEXT NOT NULL,
  at {time} NOT NULL
);
CREATE INDEX moderation_event_at ON moderation_event (at);
CREATE INDEX moderation_event_of ON moderation_event (contribution_id);
