-- The texts of entities are now taken in by full blocks of 64 numbers; those of the last block leave until it is full.
DELETE FROM entities_text WHERE rowid > (SELECT entity - entity % 64 FROM head);
