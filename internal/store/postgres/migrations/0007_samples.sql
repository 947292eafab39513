-- What attempts used over time, in a table that no list reads.
CREATE TABLE attempt_samples (
  uid    text COLLATE "C" NOT NULL,
  number bigint NOT NULL,
  body   bytea NOT NULL,
  PRIMARY KEY (uid, number)
);
