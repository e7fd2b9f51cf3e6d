-- how long an accord stands, and which version of the words was read; an entry from before knows no end of its own, and its
-- version is noted by the job
ALTER TABLE consent ADD COLUMN expires_at {time};
ALTER TABLE consent ADD COLUMN wording_version BIGINT CHECK (wording_version >= 1);
-- the words that were ever shown for a purpose on a channel, in their order: a digest, as what the team typed may name somebody
CREATE TABLE consent_wording (
  purpose TEXT NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('email', 'sms', 'telephone')),
  version BIGINT NOT NULL CHECK (version >= 1),
  digest TEXT NOT NULL CHECK (length(digest) = 64),
  PRIMARY KEY (purpose, channel, version)
);
CREATE UNIQUE INDEX consent_wording_digest ON consent_wording (purpose, channel, digest);
