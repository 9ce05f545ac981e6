-- Ids of alerts that were discarded with their deployments, so that nothing that is still said of one brings it back.
CREATE TABLE discarded_alert (
  id TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;
