-- Times are microseconds since 1970 UTC, 0 where there is none. Text that repeats is a number of names.

CREATE TABLE head (
  one     INTEGER PRIMARY KEY CHECK (one = 1),
  seq     INTEGER NOT NULL, -- last change
  entity  INTEGER NOT NULL, -- last number given out in entities
  run     INTEGER NOT NULL, -- in runs
  name    INTEGER NOT NULL, -- in names
  facet   INTEGER NOT NULL, -- in facets
  part    INTEGER NOT NULL, -- in parts
  trimmed INTEGER NOT NULL  -- newest change that was trimmed
);
INSERT INTO head VALUES (1, 0, 0, 0, 0, 0, 0, 0);

CREATE TABLE names (
  id   INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
);

CREATE TABLE changes (
  seq     INTEGER PRIMARY KEY,
  at      INTEGER NOT NULL,
  project INTEGER NOT NULL,
  entity  INTEGER NOT NULL,
  verb    INTEGER NOT NULL,
  kind    INTEGER NOT NULL,
  state   INTEGER NOT NULL,
  id      TEXT NOT NULL,
  name    TEXT NOT NULL
);

CREATE TABLE entities (
  num        INTEGER PRIMARY KEY, -- rises with creation
  entity     TEXT NOT NULL,
  id         TEXT NOT NULL,
  name       TEXT NOT NULL,
  kind       TEXT NOT NULL,
  project    TEXT NOT NULL,
  usr        TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  state      TEXT NOT NULL,
  function   TEXT NOT NULL,
  workflow   TEXT NOT NULL,
  task       TEXT NOT NULL,
  spec_hash  TEXT NOT NULL,
  embedded   INTEGER NOT NULL,
  version    INTEGER NOT NULL,
  latest     INTEGER NOT NULL, -- 1 on the newest version of a name
  created    INTEGER NOT NULL,
  updated    INTEGER NOT NULL,
  seq        INTEGER NOT NULL,
  labels     TEXT NOT NULL, -- JSON array
  relations  TEXT NOT NULL, -- JSON array
  metadata   TEXT NOT NULL, -- the client's bytes
  status     TEXT NOT NULL,
  extensions TEXT NOT NULL,
  spec       TEXT NOT NULL
);
CREATE UNIQUE INDEX entities_id ON entities (entity, id);
CREATE INDEX entities_created ON entities (entity, project, created);
CREATE INDEX entities_updated ON entities (entity, project, updated);
CREATE INDEX entities_name ON entities (entity, project, name, created);
CREATE INDEX entities_latest ON entities (entity, project, created) WHERE latest = 1;
CREATE INDEX entities_all ON entities (entity, created);
CREATE INDEX entities_function ON entities (function, entity, kind) WHERE function <> '';
CREATE INDEX entities_workflow ON entities (workflow, entity, kind) WHERE workflow <> '';
CREATE INDEX entities_task ON entities (task, entity, kind) WHERE task <> '';

-- A facet is a combination that runs have in common; n counts them. A slice is what facets of one
-- project, kind and state share.
CREATE TABLE facets (
  id       INTEGER PRIMARY KEY,
  slice    INTEGER NOT NULL,
  project  INTEGER NOT NULL,
  function INTEGER NOT NULL,
  workflow INTEGER NOT NULL,
  task     INTEGER NOT NULL,
  kind     INTEGER NOT NULL,
  usr      INTEGER NOT NULL,
  state    INTEGER NOT NULL,
  n        INTEGER NOT NULL,
  ver      INTEGER NOT NULL -- seq of the last change of n
);
CREATE UNIQUE INDEX facets_of ON facets (project, kind, state, function, workflow, task, usr);
CREATE INDEX facets_ver ON facets (ver);

CREATE TABLE parts (
  id   INTEGER PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE,
  refs INTEGER NOT NULL,
  body BLOB NOT NULL
);

CREATE TABLE runs (
  num        INTEGER PRIMARY KEY, -- rises with creation
  facet      INTEGER NOT NULL,
  slice      INTEGER NOT NULL,
  created    INTEGER NOT NULL,
  updated    INTEGER NOT NULL,
  seq        INTEGER NOT NULL,
  live       INTEGER NOT NULL, -- 0 nothing to do, 1 queued, 2 active, 3 executing
  engine     INTEGER NOT NULL,
  desired    INTEGER NOT NULL,
  flags      INTEGER NOT NULL,
  attempt    INTEGER NOT NULL,
  wake       INTEGER NOT NULL,
  updated_by INTEGER NOT NULL,
  fpart      INTEGER NOT NULL,
  tpart      INTEGER NOT NULL,
  id         TEXT NOT NULL UNIQUE,
  uid        TEXT NOT NULL UNIQUE,
  name       TEXT NOT NULL,
  body       BLOB NOT NULL -- documents, control, labels, relations
);
CREATE INDEX runs_facet_created ON runs (facet, created);
CREATE INDEX runs_facet_updated ON runs (facet, updated);
CREATE INDEX runs_slice_created ON runs (slice, created, num, facet);
CREATE INDEX runs_slice_updated ON runs (slice, updated, num, facet, created);
CREATE INDEX runs_late ON runs (slice, updated, num, facet, created) WHERE updated - created > 3600000000; -- took more than an hour
CREATE INDEX runs_later ON runs (slice, updated, num, facet, created) WHERE updated - created > 86400000000; -- more than a day
CREATE INDEX runs_live ON runs (live, num, engine) WHERE live > 0;
CREATE INDEX runs_wake ON runs (wake) WHERE wake > 0;
-- The facets of a thousand runs by number, and the bounds of their times: one page each.
CREATE TABLE run_blocks (
  block       INTEGER PRIMARY KEY, -- num / 1000
  created_min INTEGER NOT NULL,
  created_max INTEGER NOT NULL,
  updated_min INTEGER NOT NULL,
  updated_max INTEGER NOT NULL,
  facets      BLOB NOT NULL -- four bytes each
);
-- The text of runs: id, line feed, name.
CREATE VIRTUAL TABLE runs_text USING fts5 (t, content='', tokenize='trigram', detail=full, columnsize=0);

-- tab: 0 entities, 1 runs.
CREATE TABLE labels (
  project TEXT NOT NULL,
  label   TEXT NOT NULL,
  tab     INTEGER NOT NULL,
  num     INTEGER NOT NULL,
  PRIMARY KEY (project, label, tab, num)
) WITHOUT ROWID;
-- hash: of a key that a relation of the owner names as source or destination.
CREATE TABLE relations (
  hash INTEGER NOT NULL,
  tab  INTEGER NOT NULL,
  num  INTEGER NOT NULL,
  PRIMARY KEY (hash, tab, num)
) WITHOUT ROWID;

CREATE TABLE attempts (
  uid        TEXT NOT NULL,
  number     INTEGER NOT NULL,
  run        TEXT NOT NULL,
  engine     TEXT NOT NULL,
  host       TEXT NOT NULL,
  gen        INTEGER NOT NULL,
  started    INTEGER NOT NULL,
  finished   INTEGER NOT NULL,
  phase      TEXT NOT NULL,
  cleared    INTEGER NOT NULL,
  token_hash BLOB NOT NULL,
  sealed     BLOB NOT NULL,
  body       BLOB NOT NULL, -- handle, runnable, status
  PRIMARY KEY (uid, number)
) WITHOUT ROWID;
CREATE INDEX attempts_uncleared ON attempts (engine, host, started) WHERE cleared = 0;
CREATE INDEX attempts_token ON attempts (token_hash) WHERE token_hash <> x'';

CREATE TABLE logs (
  uid       TEXT NOT NULL,
  attempt   INTEGER NOT NULL,
  container TEXT NOT NULL,
  run       TEXT NOT NULL,
  project   TEXT NOT NULL,
  size      INTEGER NOT NULL,
  blob      TEXT NOT NULL,
  pos       TEXT NOT NULL,
  closed    INTEGER NOT NULL,
  created   INTEGER NOT NULL,
  updated   INTEGER NOT NULL,
  PRIMARY KEY (uid, attempt, container)
) WITHOUT ROWID;
CREATE TABLE log_chunks (
  uid       TEXT NOT NULL,
  attempt   INTEGER NOT NULL,
  container TEXT NOT NULL,
  pos       INTEGER NOT NULL, -- offset of the chunk's first byte
  data      BLOB NOT NULL
);
CREATE UNIQUE INDEX log_chunks_pos ON log_chunks (uid, attempt, container, pos);

CREATE TABLE files (
  entity TEXT NOT NULL,
  id     TEXT NOT NULL,
  list   TEXT NOT NULL,
  PRIMARY KEY (entity, id)
);
CREATE TABLE metrics (
  entity TEXT NOT NULL,
  id     TEXT NOT NULL,
  name   TEXT NOT NULL,
  value  TEXT NOT NULL,
  PRIMARY KEY (entity, id, name)
);
CREATE TABLE sealed (
  project TEXT NOT NULL,
  name    TEXT NOT NULL,
  value   BLOB NOT NULL,
  PRIMARY KEY (project, name)
);
CREATE TABLE schedules (
  owner   TEXT PRIMARY KEY,
  project TEXT NOT NULL,
  spec    TEXT NOT NULL,
  next    INTEGER NOT NULL,
  last    INTEGER NOT NULL
);
CREATE INDEX schedules_next ON schedules (next) WHERE next > 0;
CREATE TABLE offsets (
  reader TEXT PRIMARY KEY,
  seq    INTEGER NOT NULL
);
CREATE TABLE leases (
  name   TEXT PRIMARY KEY,
  holder TEXT NOT NULL,
  fence  INTEGER NOT NULL,
  until  INTEGER NOT NULL
);
CREATE TABLE idempotency (
  key    TEXT PRIMARY KEY,
  hash   BLOB NOT NULL,
  answer BLOB NOT NULL,
  at     INTEGER NOT NULL
);
CREATE INDEX idempotency_at ON idempotency (at);
