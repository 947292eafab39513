-- What attempts used over time, in a table that no list reads.
CREATE TABLE attempt_samples (
  uid    TEXT NOT NULL,
  number INTEGER NOT NULL,
  body   BLOB NOT NULL,
  PRIMARY KEY (uid, number)
) WITHOUT ROWID;
