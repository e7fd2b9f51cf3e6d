-- whether a member of the team wants to be told what waits, at which hour of the instance's time zone, and the last day
-- that was looked at
CREATE TABLE morning_letter (
  person_id {uuid} PRIMARY KEY,
  wanted BOOLEAN NOT NULL,
  hour BIGINT NOT NULL CHECK (hour BETWEEN 0 AND 23),
  -- YYYY-MM-DD
  looked_on TEXT NOT NULL
);
