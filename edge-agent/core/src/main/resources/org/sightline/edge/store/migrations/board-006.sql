-- The sheet that was written last for the next shift, and who took it over. Sealed like the rest.
CREATE TABLE hand_over (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  expires_millis INTEGER NOT NULL,
  state TEXT NOT NULL
) STRICT;
