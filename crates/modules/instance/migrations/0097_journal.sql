-- the journal narrowed to a person, a project or a kind
CREATE INDEX activity_actor ON activity (actor_id, id);
CREATE INDEX activity_project ON activity (project_id, id);
CREATE INDEX activity_kind ON activity (kind, id);
-- mails that wait for nothing are looked for first; those of the last hour are counted
CREATE INDEX mail_at_once ON mail (send_after, id) WHERE state = 'waiting' AND kind NOT IN ('answer', 'change', 'digest', 'refusal', 'staff');
CREATE INDEX mail_sent ON mail (sent_at) WHERE state = 'sent';
