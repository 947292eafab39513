-- Readers keep run_blocks in memory and read what changed since by ver.
ALTER TABLE run_blocks ADD COLUMN ver INTEGER NOT NULL DEFAULT 0; -- seq of the last change
CREATE INDEX run_blocks_ver ON run_blocks (ver);
-- Small commits merge what the text indexes took in; two segments of a size are enough for it.
INSERT INTO runs_text (runs_text, rank) VALUES ('usermerge', 2);
INSERT INTO entities_text (entities_text, rank) VALUES ('usermerge', 2);
