-- What the console asks for: durations, search, upcoming firings, and what users keep.

ALTER TABLE runs ADD COLUMN finished INTEGER NOT NULL DEFAULT 0; -- 0 while it has not ended
UPDATE runs SET finished = updated WHERE facet IN (SELECT f.id FROM facets f JOIN names n ON n.id = f.state WHERE n.text IN ('COMPLETED', 'ERROR', 'STOPPED'));

CREATE INDEX schedules_project ON schedules (project, next) WHERE next > 0;

-- The text of entities, lower case: id, name, description and labels.
CREATE VIRTUAL TABLE entities_text USING fts5 (t, content='', contentless_delete=1, tokenize='trigram', detail=full);
INSERT INTO entities_text (rowid, t)
  SELECT num, lower(id || char(10) || name || char(10) || COALESCE(json_extract(NULLIF(metadata, ''), '$.description'), '') || char(10) || labels) FROM entities;

-- Presets and views, which belong to users and to no entity.
CREATE TABLE saved (
  class   TEXT NOT NULL, -- preset or view
  owner   TEXT NOT NULL,
  project TEXT NOT NULL,
  id      TEXT NOT NULL,
  name    TEXT NOT NULL,
  body    TEXT NOT NULL,
  created INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  PRIMARY KEY (class, owner, project, id)
) WITHOUT ROWID;
CREATE INDEX saved_project ON saved (project);
