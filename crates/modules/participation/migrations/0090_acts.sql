-- a lot may also take offline, put back and classify: one decision on one contribution is a lot of one
ALTER TABLE lot ADD COLUMN act TEXT NOT NULL DEFAULT 'publier' CHECK (act IN ('publier', 'refuser', 'masquer', 'remettre', 'etat', 'theme', 'quartier', 'classer', 'projet', 'confier', 'repondre'));
UPDATE lot SET act = action;
ALTER TABLE lot DROP COLUMN action;
-- what the undo of some acts needs beyond the columns, as JSON; no word of a text
ALTER TABLE lot_item ADD COLUMN memory TEXT NOT NULL DEFAULT '';
