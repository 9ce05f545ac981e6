-- What becomes of alerts in the street: who goes to the person, since when the person is stopped, and
-- what officers stated. Sealed like the rest, and gone with its alert.
CREATE TABLE engaged_alert (
  alert TEXT PRIMARY KEY,
  expires_millis INTEGER NOT NULL,
  state TEXT NOT NULL
) STRICT, WITHOUT ROWID;
