-- When an alert was judged of which nothing is awaited any more: its van has confirmed the outcome, and
-- what became of it in the street is stated and confirmed. Of those alone the longest judged are put
-- away. Of what an earlier board kept it is found when the board starts, for the newest that it has in
-- memory; the others count as awaited until they expire, as whether anything is awaited of them is sealed.
ALTER TABLE open_alert ADD COLUMN settled_millis INTEGER;

DROP INDEX open_alert_done;

CREATE INDEX open_alert_settled ON open_alert (settled_millis) WHERE settled_millis IS NOT NULL;

-- When one was sent that is judged, and of which something is awaited. A column, so that its index alone
-- is read where they are counted, and not the alerts.
ALTER TABLE open_alert ADD COLUMN awaited_millis INTEGER;

UPDATE open_alert SET awaited_millis = sent_millis
WHERE event IS NULL AND facts IS NOT NULL AND judgement IS NOT NULL AND settled_millis IS NULL;

CREATE TRIGGER open_alert_arrives AFTER INSERT ON open_alert
WHEN NEW.event IS NULL AND NEW.facts IS NOT NULL AND NEW.judgement IS NOT NULL
  AND NEW.settled_millis IS NULL
BEGIN UPDATE open_alert SET awaited_millis = sent_millis WHERE id = NEW.id; END;

CREATE TRIGGER open_alert_changes AFTER UPDATE OF event, facts, judgement, settled_millis ON open_alert
WHEN (NEW.awaited_millis IS NOT NULL) <> (NEW.event IS NULL AND NEW.facts IS NOT NULL AND NEW.judgement IS NOT NULL
  AND NEW.settled_millis IS NULL)
BEGIN UPDATE open_alert SET awaited_millis = CASE WHEN awaited_millis IS NULL THEN sent_millis END
  WHERE id = NEW.id; END;

CREATE INDEX open_alert_awaited ON open_alert (awaited_millis) WHERE awaited_millis IS NOT NULL;

-- How many are put away, without reading them.
CREATE INDEX open_alert_put_away ON open_alert (expires_millis) WHERE event IS NULL AND judgement IS NULL;
