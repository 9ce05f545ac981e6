-- Alerts that are to be posted, sealed for the control room's own key. Of one that was posted there is
-- no event any more; its id keeps it from being posted again.
CREATE TABLE webhook_event (
  id TEXT PRIMARY KEY,
  expires_millis INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  event TEXT
) STRICT;

CREATE INDEX webhook_event_waiting ON webhook_event (tries) WHERE event IS NOT NULL;
CREATE INDEX webhook_event_expires ON webhook_event (expires_millis);
