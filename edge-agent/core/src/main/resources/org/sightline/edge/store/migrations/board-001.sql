-- What this board is called towards the broker; stays the same for as long as the file does.
CREATE TABLE board (name TEXT NOT NULL);
INSERT INTO board VALUES (lower(hex(randomblob(16))));

-- Alerts that are open, or decided and not yet sent. event and judgement are sealed for the control
-- room's own key. Of one that is done there is no event any more; its id keeps it from coming back.
CREATE TABLE open_alert (
  id TEXT PRIMARY KEY,
  sent_millis INTEGER NOT NULL,
  expires_millis INTEGER NOT NULL,
  event TEXT,
  judgement TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX open_alert_expires ON open_alert (expires_millis);
