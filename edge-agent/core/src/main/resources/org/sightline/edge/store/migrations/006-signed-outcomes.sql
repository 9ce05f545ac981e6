-- Deployments whose authorisation names a control room: its signed outcomes alone count there.
CREATE TABLE signed_outcomes_only (
  deployment TEXT PRIMARY KEY
);
