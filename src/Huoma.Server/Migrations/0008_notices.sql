-- Notices (通知): what operators are told once. The key says which event it is, so that nobody tells it twice.
CREATE TABLE notices (
    id bigint PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenants (id),
    event_key text NOT NULL UNIQUE,
    kind integer NOT NULL,
    live_code_id bigint NOT NULL,
    code_name text NOT NULL,
    slot_id bigint NULL,
    slot_name text NULL,
    image_id bigint NULL,
    expires_at bigint NULL,
    hours_before integer NULL,
    places_left bigint NULL,
    lasts_minutes integer NULL,
    urgent boolean NOT NULL,
    created_at bigint NOT NULL
);

CREATE INDEX notices_by_tenant ON notices (tenant_id, created_at);
CREATE INDEX notices_by_live_code ON notices (live_code_id, kind, created_at);

-- Who has read what.
CREATE TABLE notice_reads (
    user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    notice_id bigint NOT NULL REFERENCES notices (id) ON DELETE CASCADE,
    tenant_id bigint NOT NULL,
    PRIMARY KEY (user_id, notice_id)
) $(clustered);

CREATE TABLE notice_channels (
    id bigint PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenants (id),
    kind integer NOT NULL,
    name text NOT NULL,
    enabled boolean NOT NULL,
    settings text NOT NULL,
    kinds integer NOT NULL,
    quiet_from integer NULL,
    quiet_to integer NULL,
    created_at bigint NOT NULL
);

CREATE INDEX notice_channels_by_tenant ON notice_channels (tenant_id, created_at);

-- How a channel is doing: who sends to it now (the lease), what its platform still takes (free_at), and what went wrong.
CREATE TABLE notice_channel_states (
    channel_id bigint PRIMARY KEY REFERENCES notice_channels (id) ON DELETE CASCADE,
    tenant_id bigint NOT NULL,
    lease bigint NOT NULL,
    leased_until bigint NOT NULL,
    free_at bigint NOT NULL,
    failures integer NOT NULL,
    retry_at bigint NOT NULL,
    last_sent_at bigint NULL,
    last_answer text NULL
);

-- The outbox: one notice on its way to one channel.
CREATE TABLE notice_deliveries (
    id bigint PRIMARY KEY,
    tenant_id bigint NOT NULL,
    notice_id bigint NOT NULL REFERENCES notices (id) ON DELETE CASCADE,
    channel_id bigint NOT NULL REFERENCES notice_channels (id) ON DELETE CASCADE,
    status integer NOT NULL,
    attempts integer NOT NULL,
    told_together integer NOT NULL,
    answer text NULL,
    created_at bigint NOT NULL,
    done_at bigint NULL,
    UNIQUE (notice_id, channel_id)
);

CREATE INDEX notice_deliveries_waiting ON notice_deliveries (channel_id, created_at) WHERE status = 1;
CREATE INDEX notice_deliveries_by_channel ON notice_deliveries (channel_id, created_at);

-- 续码链接: one of each delivery. Its token is not here: it is made anew from the id with a key outside the database.
CREATE TABLE renewal_links (
    id bigint PRIMARY KEY,
    tenant_id bigint NOT NULL,
    notice_id bigint NOT NULL REFERENCES notices (id) ON DELETE CASCADE,
    delivery_id bigint NOT NULL UNIQUE,
    live_code_id bigint NOT NULL,
    slot_id bigint NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    used_at bigint NULL
);

CREATE INDEX renewal_links_by_notice ON renewal_links (notice_id);

-- What was done through such links, kept for good.
CREATE TABLE renewals (
    id bigint PRIMARY KEY,
    tenant_id bigint NOT NULL,
    link_id bigint NOT NULL,
    actor text NOT NULL,
    channel_name text NOT NULL,
    live_code_id bigint NOT NULL,
    slot_id bigint NOT NULL,
    old_image_id bigint NULL,
    new_image_id bigint NOT NULL,
    at bigint NOT NULL
);

CREATE INDEX renewals_by_live_code ON renewals (live_code_id, at);
