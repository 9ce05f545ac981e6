-- Alert events on their way to the broker. AUTOINCREMENT: a sequence number is never used twice,
-- so that the order of enqueueing is the order of numbers even after rows have gone.
CREATE TABLE outbox_event (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  camera TEXT NOT NULL,
  sealed BLOB,
  digest TEXT NOT NULL,
  created_millis INTEGER NOT NULL,
  expires_millis INTEGER NOT NULL,
  published_millis INTEGER,
  CHECK ((sealed IS NULL) = (published_millis IS NOT NULL))
);

CREATE INDEX outbox_waiting ON outbox_event (sequence) WHERE sealed IS NOT NULL;

CREATE INDEX outbox_expiry ON outbox_event (expires_millis);

-- How many events have left the queue, and how; numbers outlive the events.
CREATE TABLE outbox_tally (
  fate TEXT PRIMARY KEY CHECK (fate IN ('published', 'expired')),
  events INTEGER NOT NULL
);

INSERT INTO outbox_tally (fate, events) VALUES ('published', 0), ('expired', 0);
