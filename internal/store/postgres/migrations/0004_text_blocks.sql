-- The texts of entities are now taken in by full blocks of 256 numbers; those of the last block leave until it is full.
DELETE FROM entities_text WHERE rowid > (SELECT entity - entity % 256 FROM head);
