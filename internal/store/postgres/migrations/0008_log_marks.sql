-- When the bytes of logs were written, beside them: one row per log of an engine, one per piece that a client sent.
CREATE TABLE log_marks (
  uid       text COLLATE "C" NOT NULL,
  attempt   bigint NOT NULL,
  container text COLLATE "C" NOT NULL,
  pos       bigint NOT NULL, -- from which byte on
  marks     bytea NOT NULL,
  PRIMARY KEY (uid, attempt, container, pos)
);
