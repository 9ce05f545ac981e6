-- The public record of a deployment: numbers, versions and times, nothing about anybody.
CREATE TABLE deployment (
  id TEXT PRIMARY KEY,
  van TEXT NOT NULL,
  place TEXT NOT NULL,
  gallery_entries INTEGER NOT NULL,
  model_pack TEXT NOT NULL,
  software TEXT NOT NULL,
  opened_millis INTEGER NOT NULL,
  closed_millis INTEGER
);

CREATE TABLE deployment_count (
  deployment TEXT NOT NULL REFERENCES deployment (id),
  counter TEXT NOT NULL,
  value INTEGER NOT NULL,
  PRIMARY KEY (deployment, counter)
);

CREATE TABLE deployment_threshold (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  deployment TEXT NOT NULL REFERENCES deployment (id),
  at_millis INTEGER NOT NULL,
  cosine REAL NOT NULL,
  reason TEXT NOT NULL
);
