-- Grows when the seats of a slot are counted for the first time (U4): batches that were decided before then are void, and those under way are waited for.
ALTER TABLE commit_ledger ADD COLUMN epoch bigint NOT NULL DEFAULT 0;
