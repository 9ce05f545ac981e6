-- Of a walk that was interrupted, how many of its passes had been recognised by then; and what else a rate is of: the
-- threshold, and the camera as it was set.
ALTER TABLE walk ADD COLUMN recognised_before INTEGER CHECK (recognised_before BETWEEN 0 AND passes);
ALTER TABLE walk ADD COLUMN threshold REAL;
ALTER TABLE walk ADD COLUMN camera_digest TEXT;
