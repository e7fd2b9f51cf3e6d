-- the answer that took the place of a colleague's words: they wait for its undo, and are no draft until then
ALTER TABLE answer_draft ADD COLUMN answer_id {uuid};
-- another version of the same answer, as JSON: what an undo found beside that draft; or nothing
ALTER TABLE answer_draft ADD COLUMN other TEXT NOT NULL DEFAULT '';
