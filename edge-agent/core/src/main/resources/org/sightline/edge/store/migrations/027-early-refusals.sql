-- Refusals of authorisations under which no list has come: who signed each. Whether it counts is seen when one comes.
CREATE TABLE early_refusal (
  deployment TEXT NOT NULL,
  authorisation_digest TEXT NOT NULL,
  signer TEXT NOT NULL,
  refusal_digest TEXT NOT NULL,
  received_millis INTEGER NOT NULL,
  PRIMARY KEY (deployment, authorisation_digest, signer)
) WITHOUT ROWID;
