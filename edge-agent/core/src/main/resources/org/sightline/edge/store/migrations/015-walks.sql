-- Walks of control entries that were announced, a row for each camera. Who walks is sealed for the device, and is
-- forgotten when the walk is over; the counts stay for the record.
CREATE TABLE walk (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  deployment TEXT NOT NULL,
  camera TEXT NOT NULL,
  subject BLOB,
  from_millis INTEGER NOT NULL,
  until_millis INTEGER NOT NULL,
  passes INTEGER NOT NULL CHECK (passes > 0),
  judged_millis INTEGER,
  recognised INTEGER CHECK (recognised BETWEEN 0 AND passes),
  not_judged TEXT,
  list_digest TEXT,
  list_version INTEGER,
  model_pack TEXT,
  software TEXT,
  UNIQUE (id, camera),
  CHECK (judged_millis IS NULL OR (subject IS NULL AND (recognised IS NULL) = (not_judged IS NOT NULL)))
);

CREATE INDEX walk_deployment ON walk (deployment);

-- How many control entries the list of a deployment has, and how often one was recognised without an announced walk.
CREATE TABLE control_list (
  deployment TEXT PRIMARY KEY,
  entries INTEGER NOT NULL CHECK (entries > 0),
  unannounced INTEGER NOT NULL DEFAULT 0
);
