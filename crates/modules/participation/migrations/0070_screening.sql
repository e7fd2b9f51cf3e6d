-- what makes a text wait for a person, as the team set it
CREATE TABLE screening_rule (
  id BIGINT PRIMARY KEY CHECK (id = 1),
  rules TEXT NOT NULL,
  version BIGINT NOT NULL
);
-- why a text waits although its phase publishes at once
CREATE TABLE screening (
  contribution_id {uuid} NOT NULL REFERENCES contribution (id),
  why TEXT NOT NULL CHECK (why IN ('word', 'links', 'new', 'repeated', 'burst', 'blocked')),
  -- listed words, a number of links, the number of the text it repeats
  detail TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (contribution_id, why)
);
-- what a text of the last day is found by when another says the same
CREATE TABLE text_key (
  contribution_id {uuid} NOT NULL REFERENCES contribution (id),
  hash BIGINT NOT NULL,
  at {time} NOT NULL,
  PRIMARY KEY (contribution_id, hash)
);
CREATE INDEX text_key_hash ON text_key (hash, at);
CREATE INDEX text_key_age ON text_key (at);
