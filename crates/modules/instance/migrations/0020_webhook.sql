-- addresses of other programs that are told what happens in public
CREATE TABLE webhook (
  id {uuid} PRIMARY KEY,
  url TEXT NOT NULL UNIQUE,
  -- codes of events, with spaces between
  events TEXT NOT NULL CHECK (events <> ''),
  active BOOLEAN NOT NULL,
  -- its secret is made from the instance's key and this number, so that the database holds none
  secret_version BIGINT NOT NULL CHECK (secret_version > 0),
  rotated_at {time},
  -- what could be told until then is in its deliveries
  read_until {time} NOT NULL,
  created_at {time} NOT NULL
);
CREATE TABLE webhook_delivery (
  id {uuid} PRIMARY KEY,
  webhook_id {uuid} NOT NULL REFERENCES webhook (id),
  event TEXT NOT NULL,
  -- what is told: each thing once to each address
  subject TEXT NOT NULL,
  -- JSON: numbers, codes, addresses of public pages; no text of anybody
  body TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed')),
  attempts BIGINT NOT NULL DEFAULT 0,
  send_after {time} NOT NULL,
  -- what the address answered, or why it could not be asked
  status BIGINT,
  error TEXT NOT NULL DEFAULT '',
  created_at {time} NOT NULL,
  ended_at {time}
);
CREATE UNIQUE INDEX webhook_delivery_once ON webhook_delivery (webhook_id, subject);
CREATE INDEX webhook_delivery_due ON webhook_delivery (webhook_id, state, send_after);
