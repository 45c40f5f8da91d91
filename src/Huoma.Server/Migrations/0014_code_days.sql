-- Totals of a code's closed days by entrance and by slot, summed up from visit_counts, so that a year of one code does not read its hours.
-- "day" is the instant at which the local day began.
CREATE TABLE entrance_days (
    live_code_id bigint NOT NULL,
    day bigint NOT NULL,
    channel_id bigint NOT NULL,
    tenant_id bigint NOT NULL,
    scans bigint NOT NULL,
    new_visitors bigint NOT NULL,
    day_visitors bigint NOT NULL,
    presses bigint NOT NULL,
    new_code_pressers bigint NOT NULL,
    day_code_pressers bigint NOT NULL,
    entrance_new_visitors bigint NOT NULL,
    entrance_day_visitors bigint NOT NULL,
    entrance_new_pressers bigint NOT NULL,
    entrance_day_pressers bigint NOT NULL,
    scans_ios bigint NOT NULL,
    scans_android bigint NOT NULL,
    scans_wecom bigint NOT NULL,
    PRIMARY KEY (live_code_id, day, channel_id)
) $(clustered);

-- As for the hours: figures of channels are summed by the channel alone.
CREATE INDEX entrance_days_by_channel ON entrance_days (channel_id, day) WHERE channel_id > 0;

CREATE TABLE slot_days (
    live_code_id bigint NOT NULL,
    day bigint NOT NULL,
    slot_id bigint NOT NULL,
    round integer NOT NULL,
    tenant_id bigint NOT NULL,
    shows bigint NOT NULL,
    new_shown bigint NOT NULL,
    day_shown bigint NOT NULL,
    presses bigint NOT NULL,
    new_pressers bigint NOT NULL,
    day_pressers bigint NOT NULL,
    PRIMARY KEY (live_code_id, day, slot_id, round)
) $(clustered);
