-- The text indexes now take in full blocks of 256 numbers; those of the last block leave them until it is full.
INSERT INTO runs_text (runs_text, rowid, t)
  SELECT 'delete', num, id || char(10) || name FROM runs WHERE num > (SELECT run - run % 256 FROM head);
DELETE FROM entities_text WHERE rowid IN (SELECT num FROM entities WHERE num > (SELECT entity - entity % 256 FROM head));
