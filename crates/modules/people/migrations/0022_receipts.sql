-- what an erasure asked of the team did, without whose it was: how many of each thing, by the name of its file
CREATE TABLE erasure_receipt (
  id {uuid} PRIMARY KEY,
  actor_id {uuid} NOT NULL,
  at {time} NOT NULL,
  texts BOOLEAN NOT NULL,
  counts TEXT NOT NULL
);
