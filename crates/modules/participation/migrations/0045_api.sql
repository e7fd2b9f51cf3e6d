-- contributions that programs posted: the same key of the same token is the same contribution
CREATE TABLE api_request (
  token_id {uuid} NOT NULL,
  -- the key may say anything: its hash alone is kept
  key_hash TEXT NOT NULL,
  body_hash TEXT NOT NULL,
  -- what was answered, as JSON: numbers, codes and times, no text
  answer TEXT NOT NULL,
  created_at {time} NOT NULL,
  PRIMARY KEY (token_id, key_hash)
);
CREATE INDEX api_request_age ON api_request (created_at);
