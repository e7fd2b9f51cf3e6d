-- when the person was here before the visit that lasts: what is new is told from there on
ALTER TABLE session ADD COLUMN before_at {time};
