-- The hash covers the tenant, so one tenant never learns that another has the same picture.
CREATE TABLE images (
    id bigint PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenants (id),
    hash text NOT NULL UNIQUE,
    extension text NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    byte_count integer NOT NULL,
    qr_payload text NULL,
    qr_kind integer NULL,
    qr_count integer NOT NULL,
    qr_place text NULL,
    created_at bigint NOT NULL
);

CREATE INDEX images_by_payload ON images (tenant_id, qr_payload);
