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

-- Which list is here; it lies in a data file of its own, beside its key.
CREATE TABLE watchlist (
  deployment TEXT PRIMARY KEY,
  file TEXT NOT NULL UNIQUE,
  digest TEXT NOT NULL,
  terms BLOB NOT NULL,
  entries INTEGER NOT NULL
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
