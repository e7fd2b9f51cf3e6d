-- when the team read the reply of whoever is blocked and kept the block
ALTER TABLE block ADD COLUMN read_at {time};
-- the project where it was decided, by somebody who moderates there; none when it was decided on a sheet
ALTER TABLE block ADD COLUMN project_id {uuid};
