-- The log of landings and entries: append-only, read back only to explain and to reconcile.
CREATE TABLE visits (
    id $(id),
    tenant_id bigint NOT NULL,
    live_code_id bigint NOT NULL,
    visitor_id bigint NOT NULL,
    channel_id bigint NOT NULL,
    slot_id bigint NOT NULL,
    round integer NOT NULL,
    kind integer NOT NULL,
    client integer NOT NULL,
    reason integer NOT NULL,
    at bigint NOT NULL
);

-- What a visitor has to do with a slot and round of a code; slot 0: came and was shown none. Visitor ids grow, so new rows go to the end.
CREATE TABLE slot_visitors (
    visitor_id bigint NOT NULL,
    live_code_id bigint NOT NULL,
    slot_id bigint NOT NULL,
    round integer NOT NULL,
    tenant_id bigint NOT NULL,
    is_bound boolean NOT NULL,
    last_scan_on integer NOT NULL,
    last_shown_on integer NOT NULL,
    last_press_on integer NOT NULL,
    presses integer NOT NULL,
    PRIMARY KEY (visitor_id, live_code_id, slot_id, round)
) $(clustered);

CREATE TABLE presses (
    visitor_id bigint NOT NULL,
    press_id bigint NOT NULL,
    tenant_id bigint NOT NULL,
    live_code_id bigint NOT NULL,
    slot_id bigint NOT NULL,
    round integer NOT NULL,
    channel_id bigint NOT NULL,
    at bigint NOT NULL,
    PRIMARY KEY (visitor_id, press_id)
) $(clustered);

-- 长按识别人数 of a slot and round: what the rotation compares with the threshold.
CREATE TABLE slot_counts (
    slot_id bigint NOT NULL,
    round integer NOT NULL,
    tenant_id bigint NOT NULL,
    live_code_id bigint NOT NULL,
    press_visitors bigint NOT NULL,
    PRIMARY KEY (slot_id, round)
) $(clustered);

-- Totals of an hour; every figure is a sum over them. One row a process (node), so that processes never wait for each other's counters.
CREATE TABLE visit_counts (
    live_code_id bigint NOT NULL,
    hour bigint NOT NULL,
    channel_id bigint NOT NULL,
    slot_id bigint NOT NULL,
    round integer NOT NULL,
    node integer NOT NULL,
    tenant_id bigint NOT NULL,
    scans bigint NOT NULL,
    new_visitors bigint NOT NULL,
    day_visitors bigint NOT NULL,
    shows bigint NOT NULL,
    new_shown bigint NOT NULL,
    day_shown bigint NOT NULL,
    presses bigint NOT NULL,
    new_pressers bigint NOT NULL,
    day_pressers bigint NOT NULL,
    new_code_pressers bigint NOT NULL,
    day_code_pressers bigint NOT NULL,
    PRIMARY KEY (live_code_id, hour, channel_id, slot_id, round, node)
) $(clustered);

CREATE INDEX visit_counts_by_tenant ON visit_counts (tenant_id, hour);

-- Blocks of visitor ids, leased by a process at a time; and the number of each process.
CREATE TABLE id_blocks (
    name text PRIMARY KEY,
    next bigint NOT NULL
);
