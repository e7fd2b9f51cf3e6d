-- when the team read the reply of whoever is blocked and kept the block
ALTER TABLE block ADD COLUMN read_at {time};
