-- what the click of a confirmation agrees to: the words read in its mail and behind its link, and the key of what begins
ALTER TABLE pass ADD COLUMN agreed_id {uuid};
ALTER TABLE pass ADD COLUMN consent TEXT NOT NULL DEFAULT '';
