-- what the weekly letter last told an author of their own idea: supports, comments of others, and when; nothing before it is a
-- weekly letter's turn
ALTER TABLE follow ADD COLUMN told_supports BIGINT;
ALTER TABLE follow ADD COLUMN told_comments BIGINT;
ALTER TABLE follow ADD COLUMN told_at {time};
