-- One list at rest, every row sealed under the list's own key and bound to its number.
CREATE TABLE entry (
  number INTEGER PRIMARY KEY,
  sealed BLOB NOT NULL
);

CREATE TABLE portrait (
  number INTEGER PRIMARY KEY,
  sealed BLOB NOT NULL
);
