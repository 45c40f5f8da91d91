-- 自动建群: what robots build for a code (F040–F043, F073, F085, F087).
ALTER TABLE live_codes ADD COLUMN auto_groups integer NOT NULL DEFAULT 0;
ALTER TABLE live_codes ADD COLUMN auto_theme text NOT NULL DEFAULT '';
ALTER TABLE live_codes ADD COLUMN auto_first_number integer NOT NULL DEFAULT 0;
ALTER TABLE live_codes ADD COLUMN auto_member_threshold integer NOT NULL DEFAULT 180;
ALTER TABLE live_codes ADD COLUMN auto_replenish boolean NOT NULL DEFAULT true;
ALTER TABLE live_codes ADD COLUMN auto_blacklist boolean NOT NULL DEFAULT false;

-- 精准分流频率: how many more members the group takes; null: no robot keeps it.
ALTER TABLE slots ADD COLUMN members_left integer NULL;

-- 剩余自动建群数量: the balance is the sum.
CREATE TABLE quota_entries (
    id bigint PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenants (id),
    groups integer NOT NULL,
    reason text NOT NULL,
    group_id bigint NULL,
    actor_id bigint NULL,
    at bigint NOT NULL
);

CREATE INDEX quota_entries_by_tenant ON quota_entries (tenant_id, at);
-- A group is charged once, whoever hears of it twice.
CREATE UNIQUE INDEX quota_entries_by_group ON quota_entries (group_id) WHERE group_id IS NOT NULL;

CREATE TABLE chat_groups (
    id bigint PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenants (id),
    live_code_id bigint NOT NULL REFERENCES live_codes (id),
    number integer NOT NULL,
    name text NOT NULL,
    real_name text NULL,
    robot_id bigint NOT NULL,
    room_id text NULL,
    slot_id bigint NULL,
    stage integer NOT NULL,
    failure text NULL,
    members integer NOT NULL,
    member_threshold integer NOT NULL,
    retired boolean NOT NULL,
    qr_issued_at bigint NULL,
    qr_expires_at bigint NULL,
    compared_at bigint NULL,
    created_at bigint NOT NULL
);

CREATE UNIQUE INDEX chat_groups_by_number ON chat_groups (live_code_id, number);
CREATE INDEX chat_groups_by_room ON chat_groups (robot_id, room_id);

-- 群成员, those who left included. What is newer wins: seen_at is when the row was known to be true.
CREATE TABLE group_members (
    group_id bigint NOT NULL,
    member_id text NOT NULL,
    tenant_id bigint NOT NULL,
    live_code_id bigint NOT NULL,
    name text NOT NULL,
    alias text NULL,
    avatar text NULL,
    inviter_id text NULL,
    source integer NOT NULL,
    joined_at bigint NOT NULL,
    left_at bigint NULL,
    left_how integer NULL,
    seen_at bigint NOT NULL,
    PRIMARY KEY (group_id, member_id)
) $(clustered);

CREATE INDEX group_members_by_live_code ON group_members (live_code_id, joined_at);

-- 黑名单 of a code.
CREATE TABLE blacklist_entries (
    id bigint PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenants (id),
    live_code_id bigint NOT NULL REFERENCES live_codes (id),
    member_id text NOT NULL,
    name text NOT NULL,
    reason integer NOT NULL,
    added_at bigint NOT NULL
);

CREATE UNIQUE INDEX blacklist_entries_by_member ON blacklist_entries (live_code_id, member_id);
CREATE INDEX blacklist_entries_by_tenant ON blacklist_entries (tenant_id);
