-- news of a consultation has a purpose of its own. Whoever agreed to it in its words (those of the form of a project, or which
-- speak of the consultation) has that accord under it too, with what was taken back or ended since; the ledger loses no line
INSERT INTO consent (id, person_id, purpose, channel, state, wording, source, at, proof, actor_id, noted_at, expires_at)
SELECT
--sqlite randomblob(16),
--postgres gen_random_uuid(),
  k.person_id, 'project_news', k.channel, k.state, k.wording, k.source, k.at, k.proof, k.actor_id, k.noted_at, k.expires_at
FROM consent k WHERE k.purpose = 'answers' AND k.channel = 'email' AND
  CASE WHEN k.state = 'given' THEN k.source = 'project_form' OR k.wording LIKE '%consultation%'
  ELSE EXISTS (SELECT 1 FROM consent g WHERE g.person_id = k.person_id AND g.purpose = 'answers' AND g.channel = 'email'
    AND g.state = 'given' AND (g.source = 'project_form' OR g.wording LIKE '%consultation%') AND g.at <= k.at) END;
-- whoever follows one under an accord without such words keeps what stands for them
INSERT INTO consent (id, person_id, purpose, channel, state, wording, source, at, proof, actor_id, noted_at, expires_at)
SELECT
--sqlite randomblob(16),
--postgres gen_random_uuid(),
  k.person_id, 'project_news', k.channel, k.state, k.wording, k.source, k.at, k.proof, k.actor_id, k.noted_at, k.expires_at
FROM consent k WHERE k.id IN (SELECT (SELECT n.id FROM consent n WHERE n.person_id = p.id AND n.purpose = 'answers'
    AND n.channel = 'email' ORDER BY n.at DESC, n.id DESC LIMIT 1) FROM person p
  WHERE EXISTS (SELECT 1 FROM project_follow f WHERE f.person_id = p.id AND f.rhythm <> 'never')
  AND NOT EXISTS (SELECT 1 FROM consent o WHERE o.person_id = p.id AND o.purpose = 'project_news'));
-- where nothing but a consultation was agreed to and no idea is followed, no accord about ideas stands any more
INSERT INTO consent (id, person_id, purpose, channel, state, wording, source, at)
SELECT
--sqlite randomblob(16),
--postgres gen_random_uuid(),
  k.person_id, k.purpose, k.channel, 'expired', k.wording, 'project_news',
--sqlite strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')
--postgres now()
FROM consent k WHERE k.purpose = 'answers' AND k.channel = 'email' AND k.state = 'given'
  AND NOT EXISTS (SELECT 1 FROM consent d WHERE d.person_id = k.person_id AND d.purpose = 'answers' AND d.channel = 'email'
    AND (d.at > k.at OR (d.at = k.at AND d.id > k.id)))
  AND NOT EXISTS (SELECT 1 FROM consent g WHERE g.person_id = k.person_id AND g.purpose = 'answers' AND g.channel = 'email'
    AND g.state = 'given' AND g.source <> 'project_form'
    AND (g.wording NOT LIKE '%consultation%' OR g.wording LIKE '%une idée%' OR g.wording LIKE '%an idea%'))
  AND NOT EXISTS (SELECT 1 FROM follow f WHERE f.person_id = k.person_id);
