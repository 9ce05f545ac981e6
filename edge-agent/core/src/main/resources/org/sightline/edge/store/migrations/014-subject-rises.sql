-- That the threshold of one subject was raised for the rest of the deployment, because an alert about them was found to be
-- false. Whose it is, is sealed for the device and forgotten with the list; nothing of the other person is kept. A rise of 0
-- says that nobody knew any more whom the alert was about.
CREATE TABLE subject_rise (
  alert TEXT PRIMARY KEY,
  deployment TEXT NOT NULL,
  subject BLOB,
  rise REAL NOT NULL CHECK (rise >= 0),
  at_millis INTEGER NOT NULL
);

CREATE INDEX subject_rise_deployment ON subject_rise (deployment);
