-- putting back to be read again is a decision as the others: a lot of one, so that it is undone as they are
ALTER TABLE lot ADD COLUMN deed TEXT NOT NULL DEFAULT 'publier' CHECK (deed IN ('publier', 'refuser', 'reprendre', 'masquer', 'remettre', 'etat', 'theme', 'quartier', 'classer', 'projet', 'confier', 'repondre'));
UPDATE lot SET deed = act;
ALTER TABLE lot DROP COLUMN act;
-- who signs a draft of an answer stands in columns: an erasure empties them without reading the rest
ALTER TABLE answer_draft ADD COLUMN signer TEXT NOT NULL DEFAULT '';
ALTER TABLE answer_draft ADD COLUMN office TEXT NOT NULL DEFAULT '';
--sqlite UPDATE answer_draft SET signer = coalesce(json_extract(fields, '$.signataire'), ''), office = coalesce(json_extract(fields, '$.fonction'), ''), fields = json_remove(fields, '$.signataire', '$.fonction');
--postgres UPDATE answer_draft SET signer = coalesce(CAST(fields AS JSONB) ->> 'signataire', ''), office = coalesce(CAST(fields AS JSONB) ->> 'fonction', ''), fields = CAST(CAST(fields AS JSONB) - 'signataire' - 'fonction' AS TEXT);
