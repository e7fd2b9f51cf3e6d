-- a follow begins by the mail that spoke of it: what was asked before is asked again, its mails did not
DROP TABLE asked_follow;
CREATE TABLE asked_follow (
  contribution_id {uuid} NOT NULL REFERENCES contribution (id),
  -- what the pass of the mail agreed to
  request_id {uuid} NOT NULL,
  -- the browser that asked
  visitor {uuid} NOT NULL,
  -- in small letters
  email TEXT NOT NULL CHECK (email <> ''),
  -- words read beside it and in the mail, recorded as a consent when the address is confirmed
  wording TEXT NOT NULL CHECK (wording <> ''),
  source TEXT NOT NULL CHECK (source IN ('follow_form', 'support_form')),
  created_at {time} NOT NULL,
  PRIMARY KEY (contribution_id, request_id)
);
CREATE INDEX asked_follow_request ON asked_follow (request_id);
CREATE INDEX asked_follow_visitor ON asked_follow (visitor);
CREATE INDEX asked_follow_email ON asked_follow (email);
