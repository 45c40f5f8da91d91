-- U4, 按展示人数上限: to how many distinct visitors a slot is shown at most, and how long a seat is kept for who does not press.
ALTER TABLE live_codes ADD COLUMN seat_cap integer NULL;
ALTER TABLE live_codes ADD COLUMN seat_lease_minutes integer NULL;

-- Null: not counted yet; the first batch that needs it takes the distinct visitors shown so far.
ALTER TABLE slot_counts ADD COLUMN seats_taken bigint NULL;

-- 0: no lease. Above 0: the seat is his until then unless he presses. -1: his seat went back.
ALTER TABLE slot_visitors ADD COLUMN leased_until bigint NOT NULL DEFAULT 0;

CREATE INDEX slot_visitors_by_lease ON slot_visitors (live_code_id, leased_until) WHERE leased_until > 0;

-- The last batch each writer committed: when the connection breaks at COMMIT, this row tells whether it took place.
CREATE TABLE commit_ledger (
    node integer PRIMARY KEY,
    batch bigint NOT NULL
);
