-- How far each van has published its audit log, and where it says to be instead, if that does not
-- fit. Numbers and hashes alone.
CREATE TABLE van_log (
  van TEXT PRIMARY KEY,
  instance TEXT NOT NULL,
  head TEXT NOT NULL,
  found_instance TEXT,
  found_head TEXT,
  connections TEXT NOT NULL
) STRICT, WITHOUT ROWID;
