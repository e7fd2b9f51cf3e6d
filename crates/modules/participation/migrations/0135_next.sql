-- the day of an answer's next step, YYYY-MM-DD in the instance's time zone; where the money comes from, as far as it is said
ALTER TABLE answer ADD COLUMN next_on TEXT;
ALTER TABLE answer ADD COLUMN funding TEXT NOT NULL DEFAULT '' CHECK (funding IN ('', 'voted', 'to_vote', 'grant'));
