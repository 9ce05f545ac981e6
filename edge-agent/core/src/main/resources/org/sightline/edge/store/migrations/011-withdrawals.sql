-- Subjects that an authority has taken off the list of a deployment. Who was meant is sealed for the device, and is
-- forgotten with the list; the rest stays for the record.
CREATE TABLE withdrawal (
  id TEXT PRIMARY KEY,
  deployment TEXT NOT NULL,
  digest TEXT NOT NULL,
  signer TEXT NOT NULL,
  subject BLOB,
  received_millis INTEGER NOT NULL
);

CREATE INDEX withdrawal_deployment ON withdrawal (deployment);

-- How many entries of the list that was imported are not there any more.
CREATE TABLE withdrawn_entries (
  deployment TEXT PRIMARY KEY,
  entries INTEGER NOT NULL CHECK (entries >= 0)
);

-- Whom an alert is about, sealed for the device, so that the alerts about somebody who is withdrawn are found. Goes with
-- the alert.
CREATE TABLE alert_subject (
  alert TEXT PRIMARY KEY,
  deployment TEXT NOT NULL,
  subject BLOB NOT NULL,
  expires_millis INTEGER NOT NULL
);

CREATE INDEX alert_subject_expiry ON alert_subject (expires_millis);

-- Alerts about somebody who was withdrawn since: those that went out are reported to the control room.
CREATE TABLE alert_withdrawn (
  alert TEXT PRIMARY KEY,
  deployment TEXT NOT NULL,
  at_millis INTEGER NOT NULL,
  expires_millis INTEGER NOT NULL,
  reported INTEGER NOT NULL DEFAULT 0
);

CREATE INDEX alert_withdrawn_expiry ON alert_withdrawn (expires_millis);
