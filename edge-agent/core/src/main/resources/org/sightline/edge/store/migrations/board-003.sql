-- What is shown of an alert without its pictures, sealed like the rest: it stays when the event goes,
-- so that what was closed is there after a restart. Beside an outcome whose alert did not come here
-- stands the van that it was sent to. Who has looked at an alert first, and when.
ALTER TABLE open_alert ADD COLUMN facts TEXT;
ALTER TABLE open_alert ADD COLUMN van TEXT;
ALTER TABLE open_alert ADD COLUMN seen TEXT;

-- How each officer likes the page.
CREATE TABLE desk (
  officer TEXT PRIMARY KEY,
  sound INTEGER NOT NULL,
  letters INTEGER NOT NULL,
  theme TEXT NOT NULL
) STRICT, WITHOUT ROWID;
