CREATE TABLE sealing_keys (
    purpose text PRIMARY KEY,
    key text NOT NULL
);

CREATE TABLE tenants (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    created_at bigint NOT NULL
);

CREATE TABLE users (
    id bigint PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenants (id),
    account text NOT NULL,
    account_key text NOT NULL UNIQUE,
    name text NOT NULL,
    role integer NOT NULL,
    password_hash text NOT NULL,
    disabled boolean NOT NULL,
    created_at bigint NOT NULL,
    last_sign_in_at bigint NULL
);

CREATE INDEX users_by_tenant ON users (tenant_id, created_at);

CREATE TABLE sessions (
    token_hash text PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenants (id),
    user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at bigint NOT NULL,
    last_seen_at bigint NOT NULL
);

CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_last_seen ON sessions (last_seen_at);

CREATE TABLE guides (
    user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    guide text NOT NULL,
    tenant_id bigint NOT NULL REFERENCES tenants (id),
    PRIMARY KEY (user_id, guide)
);

CREATE TABLE sign_in_attempts (
    subject text PRIMARY KEY,
    count integer NOT NULL,
    last_at bigint NOT NULL
);

CREATE INDEX sign_in_attempts_by_last ON sign_in_attempts (last_at);

CREATE TABLE setup_tokens (
    token_hash text PRIMARY KEY,
    created_at bigint NOT NULL
);

CREATE TABLE setup_done (
    only_row integer PRIMARY KEY,
    done_at bigint NOT NULL
);
