-- A test alert, which is about nobody and belongs to no deployment's alerts.
ALTER TABLE outbox_event ADD COLUMN test INTEGER NOT NULL DEFAULT 0;
