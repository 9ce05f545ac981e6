-- When a deployment ends unless a second authority confirms its urgent authorisation; null if it is not urgent, or is confirmed.
ALTER TABLE deployment_life ADD COLUMN lapses_millis INTEGER;

-- Authorisations that one authority signed alone because they could not wait, and who has confirmed each since.
CREATE TABLE urgent_authorisation (
  deployment TEXT PRIMARY KEY,
  authorisation_digest TEXT NOT NULL,
  reason TEXT NOT NULL,
  signer TEXT NOT NULL,
  lapses_millis INTEGER NOT NULL,
  confirmed_by TEXT,
  confirmed_millis INTEGER,
  CHECK ((confirmed_by IS NULL) = (confirmed_millis IS NULL))
);
