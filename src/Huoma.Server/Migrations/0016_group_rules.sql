-- 群主 and 群管理员 as the robot told last: they are not removed, and only an owner can announce (F101).
ALTER TABLE chat_groups ADD COLUMN owner_id text NULL;
ALTER TABLE chat_groups ADD COLUMN admin_ids text NOT NULL DEFAULT '[]';

-- 群规则 of a code (F102–F106). Lists are JSON.
CREATE TABLE group_rules (
    live_code_id bigint PRIMARY KEY REFERENCES live_codes (id),
    tenant_id bigint NOT NULL,
    welcome_enabled boolean NOT NULL,
    welcome_interval_seconds integer NOT NULL,
    welcome_messages text NOT NULL,
    image_reminder_enabled boolean NOT NULL,
    image_reminder_interval_seconds integer NOT NULL,
    image_reminder_text text NOT NULL,
    keyword_kick_enabled boolean NOT NULL,
    keyword_kick_keywords text NOT NULL,
    keywords_since bigint NOT NULL,
    staff_ids text NOT NULL
);

-- When each group was answered last. Read and written under the lock on its robot's row.
CREATE TABLE group_rule_states (
    group_id bigint PRIMARY KEY REFERENCES chat_groups (id),
    tenant_id bigint NOT NULL,
    welcomed_at bigint NULL,
    reminded_at bigint NULL,
    nameless_join_at bigint NULL
);

-- 踢人记录.
CREATE TABLE keyword_hits (
    id bigint PRIMARY KEY,
    tenant_id bigint NOT NULL,
    live_code_id bigint NOT NULL REFERENCES live_codes (id),
    group_id bigint NOT NULL,
    member_id text NOT NULL,
    name text NOT NULL,
    keyword text NOT NULL,
    text text NOT NULL,
    at bigint NOT NULL,
    outcome integer NOT NULL,
    failure text NULL
);

CREATE INDEX keyword_hits_by_live_code ON keyword_hits (live_code_id, at);
CREATE INDEX keyword_hits_pending ON keyword_hits (group_id, member_id) WHERE outcome = 1;

-- The last texts of members, for 试运行: at most 1 000 a code, and not for long.
CREATE TABLE heard_messages (
    id $(id),
    tenant_id bigint NOT NULL,
    live_code_id bigint NOT NULL,
    group_id bigint NOT NULL,
    message_id text NOT NULL,
    member_id text NOT NULL,
    name text NOT NULL,
    text text NOT NULL,
    at bigint NOT NULL,
    UNIQUE (group_id, message_id)
);

CREATE INDEX heard_messages_by_live_code ON heard_messages (live_code_id, id);
CREATE INDEX heard_messages_at ON heard_messages (at);

-- 群公告, and how far each has come in each group.
CREATE TABLE announcements (
    id bigint PRIMARY KEY,
    tenant_id bigint NOT NULL,
    live_code_id bigint NOT NULL REFERENCES live_codes (id),
    text text NOT NULL,
    at_all boolean NOT NULL,
    attachments text NOT NULL,
    created_at bigint NOT NULL,
    created_by text NOT NULL
);

CREATE INDEX announcements_by_live_code ON announcements (live_code_id, created_at);

CREATE TABLE announcement_deliveries (
    id bigint PRIMARY KEY,
    tenant_id bigint NOT NULL,
    announcement_id bigint NOT NULL REFERENCES announcements (id),
    group_id bigint NOT NULL,
    group_name text NOT NULL,
    state integer NOT NULL,
    sent integer NOT NULL,
    failure text NULL,
    changed_at bigint NOT NULL
);

CREATE UNIQUE INDEX announcement_deliveries_by_group ON announcement_deliveries (announcement_id, group_id);
