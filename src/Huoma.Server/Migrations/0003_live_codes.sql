CREATE TABLE live_codes (
    id bigint PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenants (id),
    number text NOT NULL UNIQUE,
    key text NOT NULL UNIQUE,
    kind integer NOT NULL,
    building integer NOT NULL,
    name text NOT NULL,
    remark text NOT NULL,
    status integer NOT NULL,
    sticky boolean NOT NULL,
    welcome_enabled boolean NOT NULL,
    welcome_image_id bigint NULL,
    welcome_group_intro text NOT NULL,
    welcome_founder_intro text NOT NULL,
    version bigint NOT NULL,
    created_at bigint NOT NULL,
    deleted_at bigint NULL
);

CREATE INDEX live_codes_by_tenant ON live_codes (tenant_id, created_at);

CREATE TABLE slots (
    id bigint PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenants (id),
    live_code_id bigint NOT NULL REFERENCES live_codes (id),
    position integer NOT NULL,
    name text NOT NULL,
    image_id bigint NOT NULL,
    support_we_chat_id text NULL,
    expires_at bigint NOT NULL,
    threshold integer NOT NULL,
    enabled boolean NOT NULL,
    round integer NOT NULL,
    override_reason text NULL,
    created_at bigint NOT NULL,
    deleted_at bigint NULL
);

CREATE INDEX slots_by_live_code ON slots (live_code_id, position);
CREATE INDEX slots_by_image ON slots (tenant_id, image_id);
