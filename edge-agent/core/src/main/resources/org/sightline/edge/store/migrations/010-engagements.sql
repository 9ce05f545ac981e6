-- What officers stated became of alerts in the street. Goes with its alert; the counts below stay. A
-- correction is a row of its own and names the one that it corrects, which stays beside it. Of a group
-- that was stated there is a digest of what was sealed, by which a correction takes it back, and nothing
-- that says which it was.
CREATE TABLE engagement (
  id TEXT PRIMARY KEY,
  alert TEXT NOT NULL,
  deployment TEXT NOT NULL REFERENCES deployment (id),
  corrects TEXT,
  attempt TEXT NOT NULL,
  result TEXT NOT NULL,
  action TEXT,
  minutes INTEGER,
  group_digest TEXT,
  actor TEXT NOT NULL,
  at_millis INTEGER NOT NULL,
  expires_millis INTEGER NOT NULL
);

CREATE INDEX engagement_expiry ON engagement (expires_millis);

-- One first statement of an alert, and one correction of each.
CREATE UNIQUE INDEX engagement_chain ON engagement (alert, ifnull(corrects, ''));

-- How often what was stated last, of all alerts of a deployment.
CREATE TABLE engagement_count (
  deployment TEXT NOT NULL REFERENCES deployment (id),
  what TEXT NOT NULL,
  code TEXT NOT NULL,
  value INTEGER NOT NULL CHECK (value >= 0),
  PRIMARY KEY (deployment, what, code)
);

-- The groups that the authorisation of a deployment names.
CREATE TABLE engagement_group (
  deployment TEXT NOT NULL,
  code TEXT NOT NULL,
  PRIMARY KEY (deployment, code)
);
