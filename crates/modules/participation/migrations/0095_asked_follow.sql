-- a follow asked for with an address, until the address is confirmed: from the page of an idea, or with a support
CREATE TABLE asked_follow (
  contribution_id {uuid} NOT NULL REFERENCES contribution (id),
  -- the browser that asked
  visitor {uuid} NOT NULL,
  -- in small letters
  email TEXT NOT NULL CHECK (email <> ''),
  -- words read beside it, recorded as a consent when the address is confirmed
  wording TEXT NOT NULL CHECK (wording <> ''),
  source TEXT NOT NULL CHECK (source IN ('follow_form', 'support_form')),
  created_at {time} NOT NULL,
  PRIMARY KEY (contribution_id, visitor, email)
);
CREATE INDEX asked_follow_visitor ON asked_follow (visitor);
CREATE INDEX asked_follow_email ON asked_follow (email);
