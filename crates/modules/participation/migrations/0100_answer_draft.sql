-- an official answer that is being written: kept as it is typed, for whoever of the team goes on with it
CREATE TABLE answer_draft (
  contribution_id {uuid} PRIMARY KEY REFERENCES contribution (id),
  actor_id {uuid},
  -- the fields of the form, as JSON
  fields TEXT NOT NULL,
  saved_at {time} NOT NULL
);
CREATE INDEX answer_draft_actor ON answer_draft (actor_id) WHERE actor_id IS NOT NULL;
