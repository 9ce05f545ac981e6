-- What authorities have signed about keys, in the order in which it was applied; checked again whenever it is read.
CREATE TABLE trust_statement (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  document BLOB NOT NULL,
  signer TEXT NOT NULL,
  applied_millis INTEGER NOT NULL
);

-- Under which authorisation a list was taken in first, when, and by whose signatures: what a key that was replaced has
-- signed holds where it was here before, and a deployment ends with a key that it rests on.
CREATE TABLE taken_authorisation (
  digest TEXT PRIMARY KEY,
  taken_millis INTEGER NOT NULL
);

CREATE TABLE taken_signer (
  digest TEXT NOT NULL,
  signer TEXT NOT NULL,
  PRIMARY KEY (digest, signer)
);

-- Of those before, the signers are not known; they were here before any statement.
INSERT INTO taken_authorisation (digest, taken_millis)
  SELECT DISTINCT authorisation_digest, since_millis FROM deployment_life;
