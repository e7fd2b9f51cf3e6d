-- texts that wait because of a telephone number or a mail address, and those published without
CREATE TABLE contact_text (
  contribution_id {uuid} PRIMARY KEY REFERENCES contribution (id),
  -- what it said before it was masked, as JSON, kept two days for the undo
  said TEXT NOT NULL DEFAULT '',
  masked_at {time}
);
