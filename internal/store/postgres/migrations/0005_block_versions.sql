-- Readers keep run_blocks in memory and read what changed since by ver.
ALTER TABLE run_blocks ADD COLUMN ver BIGINT NOT NULL DEFAULT 0; -- seq of the last change
CREATE INDEX run_blocks_ver ON run_blocks (ver);
