-- What officers did at this board: each line is one record in canonical JSON and holds the hash of the
-- one before, as in the log of a van.
CREATE TABLE audit_record (
  sequence INTEGER PRIMARY KEY,
  line BLOB NOT NULL,
  hash TEXT NOT NULL
);

CREATE TRIGGER audit_record_stays BEFORE DELETE ON audit_record BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TRIGGER audit_record_is_fixed BEFORE UPDATE ON audit_record BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- INSERT OR REPLACE removes a row without its triggers: nothing is inserted but the next record.
CREATE TRIGGER audit_record_follows BEFORE INSERT ON audit_record
WHEN NEW.sequence <> (SELECT COALESCE(MAX(sequence), 0) + 1 FROM audit_record)
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
