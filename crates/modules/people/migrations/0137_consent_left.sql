-- who took an accord back lately: the team's first page asks each time
CREATE INDEX consent_left ON consent (at) WHERE state IN ('withdrawn', 'objected');
