-- Whether outcomes of such a deployment need two officers.
ALTER TABLE signed_outcomes_only ADD COLUMN two_officers INTEGER NOT NULL DEFAULT 0;
