-- Robots (机器人). A deleted one stays for what refers to it; it has no token.
CREATE TABLE robots (
    id bigint PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenants (id),
    driver integer NOT NULL,
    name text NOT NULL,
    enabled boolean NOT NULL,
    should_run boolean NOT NULL,
    token_hash text NULL UNIQUE,
    sealed_token text NULL,
    risk_accepted_at bigint NULL,
    risk_accepted_by_id bigint NULL,
    risk_accepted_by text NULL,
    seed_ids text NOT NULL,
    groups_per_day integer NOT NULL,
    create_spacing_seconds integer NOT NULL,
    message_spacing_seconds integer NOT NULL,
    messages_per_minute integer NOT NULL,
    kick_spacing_seconds integer NOT NULL,
    created_at bigint NOT NULL,
    deleted_at bigint NULL
);

CREATE INDEX robots_by_tenant ON robots (tenant_id, created_at);

-- How a robot is doing. session_id says who serves it; its row is locked by whoever takes in, sends or ends something of the robot.
CREATE TABLE robot_states (
    robot_id bigint PRIMARY KEY REFERENCES robots (id),
    tenant_id bigint NOT NULL,
    session_id bigint NULL,
    session_since bigint NULL,
    seen_at bigint NULL,
    ended_at bigint NULL,
    gateway_id text NULL,
    gateway_version text NULL,
    puppet text NULL,
    capabilities text NULL,
    login integer NOT NULL,
    login_at bigint NULL,
    login_qr text NULL,
    scan integer NULL,
    scan_at bigint NULL,
    account_id text NULL,
    account_name text NULL,
    avatar text NULL,
    last_error text NULL,
    last_error_at bigint NULL,
    creation_stopped_until bigint NULL
);

CREATE INDEX robot_states_by_gateway ON robot_states (tenant_id, gateway_id) WHERE session_id IS NOT NULL;

-- The last list of contacts each robot gave, as JSON.
CREATE TABLE robot_contacts (
    robot_id bigint PRIMARY KEY REFERENCES robots (id),
    tenant_id bigint NOT NULL,
    contacts text NOT NULL,
    listed_at bigint NOT NULL
);

-- The inbox: events, each once by its id, and finished commands (command_id), in the order in which they are reacted to.
CREATE TABLE robot_inbox (
    id $(id),
    tenant_id bigint NOT NULL,
    robot_id bigint NOT NULL REFERENCES robots (id),
    event_id text NOT NULL,
    type text NOT NULL,
    command_id bigint NULL,
    at bigint NOT NULL,
    data text NOT NULL,
    state integer NOT NULL,
    attempts integer NOT NULL,
    retry_at bigint NOT NULL,
    error text NULL,
    received_at bigint NOT NULL,
    done_at bigint NULL,
    UNIQUE (robot_id, event_id)
);

CREATE INDEX robot_inbox_waiting ON robot_inbox (robot_id, id) WHERE state = 1;
CREATE INDEX robot_inbox_by_robot ON robot_inbox (robot_id, id);
CREATE INDEX robot_inbox_parked ON robot_inbox (robot_id) WHERE state = 3;
CREATE INDEX robot_inbox_done ON robot_inbox (done_at) WHERE state <> 1;

-- The outbox: what robots are told. subject: what it is about, a number of the capability named in purpose.
CREATE TABLE robot_commands (
    id bigint PRIMARY KEY,
    tenant_id bigint NOT NULL,
    robot_id bigint NOT NULL REFERENCES robots (id),
    type text NOT NULL,
    data text NOT NULL,
    purpose text NOT NULL,
    subject bigint NOT NULL,
    weight integer NOT NULL,
    created_at bigint NOT NULL,
    place integer NOT NULL,
    not_before bigint NOT NULL,
    deadline bigint NOT NULL,
    state integer NOT NULL,
    sent_at bigint NULL,
    attempts integer NOT NULL,
    done_at bigint NULL,
    result text NULL,
    error_code text NULL,
    error_message text NULL
);

CREATE INDEX robot_commands_open ON robot_commands (robot_id, created_at, place) WHERE state <= 2;
CREATE INDEX robot_commands_unknown ON robot_commands (robot_id) WHERE state = 6;
CREATE INDEX robot_commands_deadlines ON robot_commands (deadline) WHERE state <= 2;
CREATE INDEX robot_commands_sent ON robot_commands (robot_id, type, sent_at) WHERE sent_at IS NOT NULL;
CREATE INDEX robot_commands_by_robot ON robot_commands (robot_id, created_at);
CREATE INDEX robot_commands_by_subject ON robot_commands (subject, purpose);
CREATE INDEX robot_commands_done ON robot_commands (done_at) WHERE state > 2;
