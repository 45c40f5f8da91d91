-- 循环利用 (D14), and 切换到名片码/群活码 (D10, D11). What a code hands over to stays known while the switch is off.
ALTER TABLE live_codes ADD COLUMN recycle boolean NOT NULL DEFAULT false;
ALTER TABLE live_codes ADD COLUMN hand_over_enabled boolean NOT NULL DEFAULT false;
ALTER TABLE live_codes ADD COLUMN hand_over_target_id bigint NULL;
ALTER TABLE live_codes ADD COLUMN hand_over_when integer NOT NULL DEFAULT 1;
ALTER TABLE live_codes ADD COLUMN hand_over_after_presses integer NULL;

-- How often 循环利用 began anew. Visitor pages compare version + laps; open forms compare the version alone, for nobody edited anything.
ALTER TABLE live_codes ADD COLUMN laps bigint NOT NULL DEFAULT 0;

CREATE INDEX live_codes_by_target ON live_codes (hand_over_target_id);

-- 渠道码: entrances of one code, with an address of their own.
CREATE TABLE channels (
    id bigint PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenants (id),
    live_code_id bigint NOT NULL REFERENCES live_codes (id),
    key text NOT NULL UNIQUE,
    name text NOT NULL,
    remark text NOT NULL,
    created_at bigint NOT NULL,
    archived_at bigint NULL
);

CREATE INDEX channels_by_live_code ON channels (live_code_id, created_at);
CREATE INDEX channels_by_tenant ON channels (tenant_id, created_at);

-- 长按识别次数 of a slot and round: 切换 compares the sum over a code with its limit.
ALTER TABLE slot_counts ADD COLUMN presses bigint NOT NULL DEFAULT 0;
UPDATE slot_counts SET presses = coalesce((
    SELECT sum(counted.presses) FROM visit_counts AS counted
    WHERE counted.live_code_id = slot_counts.live_code_id AND counted.slot_id = slot_counts.slot_id AND counted.round = slot_counts.round), 0);

CREATE INDEX slot_counts_by_live_code ON slot_counts (live_code_id);

-- Distinct visitors and pressers of an entrance (its channel_id: 0 the code's own QR, above 0 a channel, below 0 the code that handed over).
-- Until now there was one entrance only.
ALTER TABLE visit_counts ADD COLUMN entrance_new_visitors bigint NOT NULL DEFAULT 0;
ALTER TABLE visit_counts ADD COLUMN entrance_day_visitors bigint NOT NULL DEFAULT 0;
ALTER TABLE visit_counts ADD COLUMN entrance_new_pressers bigint NOT NULL DEFAULT 0;
ALTER TABLE visit_counts ADD COLUMN entrance_day_pressers bigint NOT NULL DEFAULT 0;
UPDATE visit_counts SET entrance_new_visitors = new_visitors, entrance_day_visitors = day_visitors,
    entrance_new_pressers = new_code_pressers, entrance_day_pressers = day_code_pressers;

-- Scans by device; the rest of scans came with something else.
ALTER TABLE visit_counts ADD COLUMN scans_ios bigint NOT NULL DEFAULT 0;
ALTER TABLE visit_counts ADD COLUMN scans_android bigint NOT NULL DEFAULT 0;
ALTER TABLE visit_counts ADD COLUMN scans_wecom bigint NOT NULL DEFAULT 0;
