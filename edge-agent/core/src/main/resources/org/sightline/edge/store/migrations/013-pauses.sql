-- When capture was interrupted, by whom and why; the one that is not resumed holds, until the deployment ends.
CREATE TABLE deployment_pause (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  deployment TEXT NOT NULL,
  reason TEXT NOT NULL,
  paused_by TEXT NOT NULL,
  paused_millis INTEGER NOT NULL,
  -- Since when an agent has no camera open and no list in memory for it; null until it has said so.
  effective_millis INTEGER,
  resumed_by TEXT,
  resumed_millis INTEGER
);

CREATE UNIQUE INDEX deployment_pause_holds ON deployment_pause (deployment) WHERE resumed_millis IS NULL;

-- For how long cameras were open; null of a deployment that began before this was kept.
ALTER TABLE deployment ADD COLUMN capture_millis INTEGER;
