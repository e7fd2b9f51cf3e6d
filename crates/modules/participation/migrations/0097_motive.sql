-- what the public log counts a refusal as, when these words are sent
ALTER TABLE reply_template ADD COLUMN motive TEXT NOT NULL DEFAULT 'other' CHECK (motive IN ('recognisable', 'hurtful', 'off_topic', 'advertising', 'other'));
