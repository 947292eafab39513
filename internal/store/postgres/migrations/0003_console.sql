-- What the console asks for: durations, search, upcoming firings, and what users keep.

ALTER TABLE runs ADD COLUMN finished bigint NOT NULL DEFAULT 0; -- 0 while it has not ended
UPDATE runs SET finished = updated WHERE facet IN (SELECT f.id FROM facets f JOIN names n ON n.id = f.state WHERE n.text IN ('COMPLETED', 'ERROR', 'STOPPED'));

CREATE INDEX schedules_project ON schedules (project, next) WHERE next > 0;

-- The text of entities, lower case: id, name, description and labels.
CREATE TABLE entities_text (
  rowid bigint PRIMARY KEY,
  t     text COLLATE "C" NOT NULL
);
INSERT INTO entities_text (rowid, t)
  SELECT num, lower(id || chr(10) || name || chr(10) || COALESCE(NULLIF(metadata, '')::json ->> 'description', '') || chr(10) || labels) FROM entities;
DO $$
BEGIN
  CREATE INDEX entities_text_t ON entities_text USING gin (t gin_trgm_ops);
EXCEPTION
  WHEN undefined_object THEN NULL; -- without the extension a search reads all texts
END $$;

-- Presets and views, which belong to users and to no entity.
CREATE TABLE saved (
  class   text COLLATE "C" NOT NULL, -- preset or view
  owner   text COLLATE "C" NOT NULL,
  project text COLLATE "C" NOT NULL,
  id      text COLLATE "C" NOT NULL,
  name    text COLLATE "C" NOT NULL,
  body    text COLLATE "C" NOT NULL,
  created bigint NOT NULL,
  updated bigint NOT NULL,
  PRIMARY KEY (class, owner, project, id)
);
CREATE INDEX saved_project ON saved (project);
