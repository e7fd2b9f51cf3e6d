-- when a member of the team was last on the desk, and at the end of the visit before the present one
CREATE TABLE desk_visit (
  person_id {uuid} PRIMARY KEY,
  last_at {time} NOT NULL,
  before_at {time}
);
