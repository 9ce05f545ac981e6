-- Where each deployment is in its life; a deployment that is not here is closed. Numbers, digests
-- and times alone, so that it can stay when the list has gone.
CREATE TABLE deployment_life (
  deployment TEXT PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('authorised', 'open', 'ended', 'destroyed', 'alarm')),
  authorisation_digest TEXT NOT NULL,
  list_digest TEXT NOT NULL,
  list_version INTEGER NOT NULL,
  entries INTEGER NOT NULL,
  ends_millis INTEGER NOT NULL,
  list_expires_millis INTEGER NOT NULL,
  end_reason TEXT,
  ended_by TEXT,
  ended_millis INTEGER,
  since_millis INTEGER NOT NULL,
  CHECK ((end_reason IS NULL) = (state IN ('authorised', 'open')))
);

-- The list at rest. The key lies in a file of its own; here is that file's name.
CREATE TABLE watchlist (
  deployment TEXT PRIMARY KEY,
  key_file TEXT NOT NULL UNIQUE,
  digest TEXT NOT NULL,
  terms BLOB NOT NULL,
  entries INTEGER NOT NULL
);

CREATE TABLE watchlist_entry (
  deployment TEXT NOT NULL REFERENCES watchlist (deployment) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (deployment, number)
);

CREATE TABLE watchlist_portrait (
  deployment TEXT NOT NULL REFERENCES watchlist (deployment) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (deployment, number)
);

-- Revocations hold for deployments that are not here yet, too.
CREATE TABLE revocation (
  deployment TEXT PRIMARY KEY,
  document BLOB NOT NULL,
  signer TEXT NOT NULL,
  received_millis INTEGER NOT NULL
);

CREATE TABLE destruction_receipt (
  deployment TEXT PRIMARY KEY,
  document BLOB NOT NULL
);

-- The latest time ever seen, and how long the machine had been up then.
CREATE TABLE device_clock (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  latest_millis INTEGER NOT NULL,
  boot TEXT NOT NULL,
  uptime_millis INTEGER NOT NULL
);
