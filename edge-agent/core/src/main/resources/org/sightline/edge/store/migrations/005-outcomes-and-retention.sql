-- Which deployment an alert belongs to, so that an outcome is counted there. Null for what was
-- enqueued before; that expires within a day.
ALTER TABLE outbox_event ADD COLUMN deployment TEXT;

-- What people found alerts to be. Goes with its alert; the counts in deployment_count stay.
CREATE TABLE alert_outcome (
  alert TEXT PRIMARY KEY,
  deployment TEXT NOT NULL REFERENCES deployment (id),
  outcome TEXT NOT NULL CHECK (outcome IN ('true', 'false', 'unresolved')),
  actor TEXT NOT NULL,
  at_millis INTEGER NOT NULL,
  expires_millis INTEGER NOT NULL
);

CREATE INDEX alert_outcome_expiry ON alert_outcome (expires_millis);

-- What was deleted because its time was over: numbers alone, kept.
CREATE TABLE deletion_receipt (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  at_millis INTEGER NOT NULL,
  what TEXT NOT NULL,
  count INTEGER NOT NULL CHECK (count > 0),
  up_to_millis INTEGER NOT NULL
);
