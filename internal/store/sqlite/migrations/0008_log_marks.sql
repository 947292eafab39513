-- When the bytes of logs were written, beside them: one row per log of an engine, one per piece that a client sent.
CREATE TABLE log_marks (
  uid       TEXT NOT NULL,
  attempt   INTEGER NOT NULL,
  container TEXT NOT NULL,
  pos       INTEGER NOT NULL, -- from which byte on
  marks     BLOB NOT NULL,
  PRIMARY KEY (uid, attempt, container, pos)
) WITHOUT ROWID;
