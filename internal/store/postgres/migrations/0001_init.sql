-- Times are microseconds since 1970 UTC, 0 where there is none. Text that repeats is a number of names.

CREATE TABLE head (
  one     bigint PRIMARY KEY CHECK (one = 1),
  seq     bigint NOT NULL, -- last change
  entity  bigint NOT NULL, -- last number given out in entities
  run     bigint NOT NULL, -- in runs
  name    bigint NOT NULL, -- in names
  facet   bigint NOT NULL, -- in facets
  part    bigint NOT NULL, -- in parts
  trimmed bigint NOT NULL  -- newest change that was trimmed
);
INSERT INTO head VALUES (1, 0, 0, 0, 0, 0, 0, 0);

CREATE TABLE names (
  id   bigint PRIMARY KEY,
  text text COLLATE "C" NOT NULL UNIQUE
);

CREATE TABLE changes (
  seq     bigint PRIMARY KEY,
  at      bigint NOT NULL,
  project bigint NOT NULL,
  entity  bigint NOT NULL,
  verb    bigint NOT NULL,
  kind    bigint NOT NULL,
  state   bigint NOT NULL,
  id      text COLLATE "C" NOT NULL,
  name    text COLLATE "C" NOT NULL
);

CREATE TABLE entities (
  num        bigint PRIMARY KEY, -- rises with creation
  entity     text COLLATE "C" NOT NULL,
  id         text COLLATE "C" NOT NULL,
  name       text COLLATE "C" NOT NULL,
  kind       text COLLATE "C" NOT NULL,
  project    text COLLATE "C" NOT NULL,
  usr        text COLLATE "C" NOT NULL,
  updated_by text COLLATE "C" NOT NULL,
  state      text COLLATE "C" NOT NULL,
  function   text COLLATE "C" NOT NULL,
  workflow   text COLLATE "C" NOT NULL,
  task       text COLLATE "C" NOT NULL,
  spec_hash  text COLLATE "C" NOT NULL,
  embedded   bigint NOT NULL,
  version    bigint NOT NULL,
  latest     bigint NOT NULL, -- 1 on the newest version of a name
  created    bigint NOT NULL,
  updated    bigint NOT NULL,
  seq        bigint NOT NULL,
  labels     text COLLATE "C" NOT NULL, -- JSON array
  relations  text COLLATE "C" NOT NULL, -- JSON array
  metadata   text COLLATE "C" NOT NULL, -- the client's bytes
  status     text COLLATE "C" NOT NULL,
  extensions text COLLATE "C" NOT NULL,
  spec       text COLLATE "C" NOT NULL
);
CREATE UNIQUE INDEX entities_id ON entities (entity, id);
CREATE INDEX entities_created ON entities (entity, project, created, num);
CREATE INDEX entities_updated ON entities (entity, project, updated, num);
CREATE INDEX entities_name ON entities (entity, project, name, created, num);
CREATE INDEX entities_latest ON entities (entity, project, created, num) WHERE latest = 1;
CREATE INDEX entities_all ON entities (entity, created, num);
CREATE INDEX entities_function ON entities (function, entity, kind) WHERE function <> '';
CREATE INDEX entities_workflow ON entities (workflow, entity, kind) WHERE workflow <> '';
CREATE INDEX entities_task ON entities (task, entity, kind) WHERE task <> '';

-- A facet is a combination that runs have in common; n counts them. A slice is what facets of one
-- project, kind and state share.
CREATE TABLE facets (
  id       bigint PRIMARY KEY,
  slice    bigint NOT NULL,
  project  bigint NOT NULL,
  function bigint NOT NULL,
  workflow bigint NOT NULL,
  task     bigint NOT NULL,
  kind     bigint NOT NULL,
  usr      bigint NOT NULL,
  state    bigint NOT NULL,
  n        bigint NOT NULL,
  ver      bigint NOT NULL -- seq of the last change of n
);
CREATE UNIQUE INDEX facets_of ON facets (project, kind, state, function, workflow, task, usr);
CREATE INDEX facets_ver ON facets (ver);

CREATE TABLE parts (
  id   bigint PRIMARY KEY,
  hash bytea NOT NULL UNIQUE,
  refs bigint NOT NULL,
  body bytea NOT NULL
);

CREATE TABLE runs (
  num        bigint PRIMARY KEY, -- rises with creation
  facet      bigint NOT NULL,
  slice      bigint NOT NULL,
  created    bigint NOT NULL,
  updated    bigint NOT NULL,
  seq        bigint NOT NULL,
  live       bigint NOT NULL, -- 0 nothing to do, 1 queued, 2 active, 3 executing
  engine     bigint NOT NULL,
  desired    bigint NOT NULL,
  flags      bigint NOT NULL,
  attempt    bigint NOT NULL,
  wake       bigint NOT NULL,
  updated_by bigint NOT NULL,
  fpart      bigint NOT NULL,
  tpart      bigint NOT NULL,
  id         text COLLATE "C" NOT NULL UNIQUE,
  uid        text COLLATE "C" NOT NULL UNIQUE,
  name       text COLLATE "C" NOT NULL,
  body       bytea NOT NULL -- documents, control, labels, relations
);
CREATE INDEX runs_facet_created ON runs (facet, created, num);
CREATE INDEX runs_facet_updated ON runs (facet, updated, num);
CREATE INDEX runs_slice_created ON runs (slice, created, num) INCLUDE (facet);
CREATE INDEX runs_slice_updated ON runs (slice, updated, num) INCLUDE (facet, created);
CREATE INDEX runs_late ON runs (slice, updated, num) INCLUDE (facet, created) WHERE updated - created > 3600000000; -- took more than an hour
CREATE INDEX runs_later ON runs (slice, updated, num) INCLUDE (facet, created) WHERE updated - created > 86400000000; -- more than a day
CREATE INDEX runs_live ON runs (live, num, engine) WHERE live > 0;
CREATE INDEX runs_wake ON runs (wake, num) WHERE wake > 0;
-- The facets of a thousand runs by number, and the bounds of their times.
CREATE TABLE run_blocks (
  block       bigint PRIMARY KEY, -- num / 1000
  created_min bigint NOT NULL,
  created_max bigint NOT NULL,
  updated_min bigint NOT NULL,
  updated_max bigint NOT NULL,
  facets      bytea NOT NULL -- four bytes each
);
ALTER TABLE run_blocks ALTER COLUMN facets SET STORAGE PLAIN;
-- The text of runs: id, line feed, name. Without the extension a text filter reads all runs.
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE INDEX runs_text ON runs USING gin (lower(id || chr(10) || name) gin_trgm_ops);
EXCEPTION
  WHEN undefined_file OR feature_not_supported OR insufficient_privilege OR undefined_object THEN NULL;
END $$;

-- tab: 0 entities, 1 runs.
CREATE TABLE labels (
  project text COLLATE "C" NOT NULL,
  label   text COLLATE "C" NOT NULL,
  tab     bigint NOT NULL,
  num     bigint NOT NULL,
  PRIMARY KEY (project, label, tab, num)
);
-- hash: of a key that a relation of the owner names as source or destination.
CREATE TABLE relations (
  hash bigint NOT NULL,
  tab  bigint NOT NULL,
  num  bigint NOT NULL,
  PRIMARY KEY (hash, tab, num)
);

CREATE TABLE attempts (
  uid        text COLLATE "C" NOT NULL,
  number     bigint NOT NULL,
  run        text COLLATE "C" NOT NULL,
  engine     text COLLATE "C" NOT NULL,
  host       text COLLATE "C" NOT NULL,
  gen        bigint NOT NULL,
  started    bigint NOT NULL,
  finished   bigint NOT NULL,
  phase      text COLLATE "C" NOT NULL,
  cleared    bigint NOT NULL,
  token_hash bytea NOT NULL,
  sealed     bytea NOT NULL,
  body       bytea NOT NULL, -- handle, runnable, status
  PRIMARY KEY (uid, number)
);
CREATE INDEX attempts_uncleared ON attempts (engine, host, started) WHERE cleared = 0;
CREATE INDEX attempts_token ON attempts (token_hash) WHERE token_hash <> '\x'::bytea;

CREATE TABLE logs (
  uid       text COLLATE "C" NOT NULL,
  attempt   bigint NOT NULL,
  container text COLLATE "C" NOT NULL,
  run       text COLLATE "C" NOT NULL,
  project   text COLLATE "C" NOT NULL,
  size      bigint NOT NULL,
  blob      text COLLATE "C" NOT NULL,
  pos       text COLLATE "C" NOT NULL,
  closed    bigint NOT NULL,
  created   bigint NOT NULL,
  updated   bigint NOT NULL,
  PRIMARY KEY (uid, attempt, container)
);
CREATE TABLE log_chunks (
  uid       text COLLATE "C" NOT NULL,
  attempt   bigint NOT NULL,
  container text COLLATE "C" NOT NULL,
  pos       bigint NOT NULL, -- offset of the chunk's first byte
  data      bytea NOT NULL
);
CREATE UNIQUE INDEX log_chunks_pos ON log_chunks (uid, attempt, container, pos);

CREATE TABLE files (
  entity text COLLATE "C" NOT NULL,
  id     text COLLATE "C" NOT NULL,
  list   text NOT NULL,
  PRIMARY KEY (entity, id)
);
CREATE TABLE metrics (
  entity text COLLATE "C" NOT NULL,
  id     text COLLATE "C" NOT NULL,
  name   text COLLATE "C" NOT NULL,
  value  text NOT NULL,
  PRIMARY KEY (entity, id, name)
);
CREATE TABLE sealed (
  project text COLLATE "C" NOT NULL,
  name    text COLLATE "C" NOT NULL,
  value   bytea NOT NULL,
  PRIMARY KEY (project, name)
);
CREATE TABLE schedules (
  owner   text COLLATE "C" PRIMARY KEY,
  project text COLLATE "C" NOT NULL,
  spec    text COLLATE "C" NOT NULL,
  next    bigint NOT NULL,
  last    bigint NOT NULL
);
CREATE INDEX schedules_next ON schedules (next) WHERE next > 0;
CREATE TABLE offsets (
  reader text COLLATE "C" PRIMARY KEY,
  seq    bigint NOT NULL
);
CREATE TABLE leases (
  name   text COLLATE "C" PRIMARY KEY,
  holder text COLLATE "C" NOT NULL,
  fence  bigint NOT NULL,
  until  bigint NOT NULL
);
CREATE TABLE idempotency (
  key    text COLLATE "C" PRIMARY KEY,
  hash   bytea NOT NULL,
  answer bytea NOT NULL,
  at     bigint NOT NULL
);
CREATE INDEX idempotency_at ON idempotency (at);
