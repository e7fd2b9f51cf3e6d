-- what the team entered for somebody met at a stand or on the telephone, or from a sheet of paper
CREATE TABLE entry (
  id {uuid} PRIMARY KEY,
  -- of the form: sent twice, it is one entry
  request {uuid} NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('idea', 'support')),
  -- the idea that was entered, or that is supported
  contribution_id {uuid} NOT NULL REFERENCES contribution (id),
  project_id {uuid} NOT NULL REFERENCES project (id),
  channel TEXT NOT NULL CHECK (channel IN ('stand', 'phone', 'paper')),
  -- where it was gathered, as pages show it
  place TEXT NOT NULL DEFAULT '' CHECK (length(place) <= 120),
  -- YYYY-MM-DD in the instance's time zone
  gathered_on TEXT NOT NULL,
  -- what is written on the paper
  sheet TEXT CHECK (length(sheet) BETWEEN 1 AND 20),
  -- words of the accord that the person gave, as the team read them
  accord TEXT NOT NULL CHECK (accord <> ''),
  -- stands for a browser until the address that was left is confirmed
  holder {uuid},
  -- address left with a support, in small letters, for as long as it may be confirmed: nobody is counted twice
  email TEXT,
  -- of a support: whether it counts among those the team gathered; once confirmed, it counts among the confirmed
  counts BOOLEAN NOT NULL,
  actor_id {uuid},
  created_at {time} NOT NULL
);
CREATE UNIQUE INDEX entry_sheet ON entry (project_id, sheet) WHERE sheet IS NOT NULL;
CREATE UNIQUE INDEX entry_mail ON entry (contribution_id, email) WHERE email IS NOT NULL;
CREATE INDEX entry_email ON entry (email) WHERE email IS NOT NULL;
CREATE INDEX entry_of ON entry (contribution_id);
CREATE INDEX entry_holder ON entry (holder) WHERE holder IS NOT NULL;
CREATE INDEX entry_actor ON entry (actor_id, created_at);
