CREATE TABLE sealing_keys (
    purpose text PRIMARY KEY,
    key text NOT NULL
);

CREATE TABLE tenants (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    created_at bigint NOT NULL
);
