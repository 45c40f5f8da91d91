-- 企业微信: the corporation a robot speaks for, and the secrets of its 自建应用, sealed together.
ALTER TABLE robots ADD COLUMN corp_id text NULL;
ALTER TABLE robots ADD COLUMN sealed_app text NULL;

-- 客户群 a robot sees. wanted_version: a callback told of it, and the member list is not as new yet.
CREATE TABLE wecom_chats (
    robot_id bigint NOT NULL REFERENCES robots (id),
    chat_id text NOT NULL,
    tenant_id bigint NOT NULL,
    name text NOT NULL,
    owner_id text NULL,
    members integer NOT NULL,
    listed_at bigint NULL,
    read_at bigint NULL,
    wanted_version text NULL,
    wanted_at bigint NOT NULL,
    dismissed_at bigint NULL,
    PRIMARY KEY (robot_id, chat_id)
) $(clustered);

-- 「加入群聊」: the permanent QR of a group. The platform lists none, so this is the only record of them.
CREATE TABLE wecom_join_ways (
    robot_id bigint NOT NULL REFERENCES robots (id),
    chat_id text NOT NULL,
    tenant_id bigint NOT NULL,
    config_id text NOT NULL,
    state text NOT NULL,
    created_at bigint NOT NULL,
    PRIMARY KEY (robot_id, chat_id)
) $(clustered);

-- Groups that people made and put under a code; one is under one code only.
ALTER TABLE chat_groups ADD COLUMN linked boolean NOT NULL DEFAULT false;
CREATE UNIQUE INDEX chat_groups_by_linked_room ON chat_groups (tenant_id, room_id) WHERE linked;

-- What 企业微信 tells of members: who he is everywhere, and what the QR carried by which he came.
ALTER TABLE group_members ADD COLUMN union_id text NULL;
ALTER TABLE group_members ADD COLUMN join_state text NULL;
