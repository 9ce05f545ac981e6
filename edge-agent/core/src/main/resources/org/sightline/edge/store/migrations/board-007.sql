-- Which alerts are done with, by their age, and which are not, without reading all of the others. Of
-- those that are put away there is no judgement any more.
CREATE INDEX open_alert_done ON open_alert (sent_millis) WHERE event IS NULL AND judgement IS NOT NULL;

CREATE INDEX open_alert_shown ON open_alert (id) WHERE event IS NOT NULL;
