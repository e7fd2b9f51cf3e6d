-- a receipt is of an erasure, or of the data that a person was given
ALTER TABLE erasure_receipt ADD COLUMN kind TEXT NOT NULL DEFAULT 'erasure' CHECK (kind IN ('erasure', 'export'));
