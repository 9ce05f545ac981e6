-- When an alert was judged of which nothing is awaited any more: its van has confirmed the outcome, and
-- what became of it in the street is stated and confirmed. Of those alone the longest judged are put
-- away; of what an earlier board kept it is found when the board starts.
ALTER TABLE open_alert ADD COLUMN settled_millis INTEGER;

DROP INDEX open_alert_done;

CREATE INDEX open_alert_settled ON open_alert (settled_millis) WHERE settled_millis IS NOT NULL;

CREATE INDEX open_alert_awaited ON open_alert (sent_millis)
WHERE event IS NULL AND facts IS NOT NULL AND judgement IS NOT NULL AND settled_millis IS NULL;

-- How many are put away, without reading them.
CREATE INDEX open_alert_put_away ON open_alert (expires_millis) WHERE event IS NULL AND judgement IS NULL;
