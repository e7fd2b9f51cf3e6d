-- what was published, changed or answered since a moment, for programs that are told
CREATE INDEX contribution_published ON contribution (published_at) WHERE published_at IS NOT NULL;
CREATE INDEX status_change_at ON status_change (at);
