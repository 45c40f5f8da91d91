-- Totals of a tenant's closed hours, summed up from visit_counts, so that figures over all codes do not read every code's rows.
CREATE TABLE tenant_hours (
    tenant_id bigint NOT NULL,
    hour bigint NOT NULL,
    scans bigint NOT NULL,
    visitors bigint NOT NULL,
    new_visitors bigint NOT NULL,
    presses bigint NOT NULL,
    press_visitors bigint NOT NULL,
    new_press_visitors bigint NOT NULL,
    scans_ios bigint NOT NULL,
    scans_android bigint NOT NULL,
    scans_wecom bigint NOT NULL,
    PRIMARY KEY (tenant_id, hour)
) $(clustered);

-- Hours before this instant are summed up. Without the row nothing is, and every figure comes from visit_counts.
CREATE TABLE roll_ups (
    name text PRIMARY KEY,
    until bigint NOT NULL
);
