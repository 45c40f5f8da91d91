-- 公众号身份 (D25): who a visitor is to the operator's 公众号. person_id is the visitor that stands for him.
CREATE TABLE visitor_identities (
    app_id text NOT NULL,
    open_id text NOT NULL,
    union_id text NULL,
    person_id bigint NOT NULL,
    signed_in_at bigint NOT NULL,
    PRIMARY KEY (app_id, open_id)
) $(clustered);

CREATE UNIQUE INDEX visitor_identities_by_person ON visitor_identities (app_id, person_id);
CREATE INDEX visitor_identities_by_union ON visitor_identities (union_id) WHERE union_id IS NOT NULL;

-- Which person a cookie is; his own too.
CREATE TABLE visitor_people (
    visitor_id bigint PRIMARY KEY,
    person_id bigint NOT NULL
) $(clustered);

CREATE INDEX visitor_people_by_person ON visitor_people (person_id);

-- Ways to WeChat and back, by the hash of their state.
CREATE TABLE wechat_sign_ins (
    hash text PRIMARY KEY,
    visitor_id bigint NOT NULL,
    campaign_key text NOT NULL,
    page integer NOT NULL,
    scope integer NOT NULL,
    begun_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    used_at bigint NULL,
    outcome integer NOT NULL
) $(clustered);

CREATE INDEX wechat_sign_ins_by_visitor ON wechat_sign_ins (visitor_id, begun_at);
CREATE INDEX wechat_sign_ins_by_age ON wechat_sign_ins (expires_at);

-- Access token and jsapi_ticket, sealed: one for all processes. leased_until: somebody fetches it just now.
CREATE TABLE official_account_keys (
    app_id text NOT NULL,
    name text NOT NULL,
    sealed text NULL,
    renew_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    leased_until bigint NOT NULL,
    PRIMARY KEY (app_id, name)
) $(clustered);

-- 域名校验文件, served at the root.
CREATE TABLE verify_files (
    id bigint PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenants (id),
    name text NOT NULL UNIQUE,
    content text NOT NULL,
    created_at bigint NOT NULL
);

-- Two participations of one person: the other one stands for both.
ALTER TABLE fission_participants ADD COLUMN merged_into bigint NULL;
DROP INDEX fission_participants_by_visitor;
CREATE UNIQUE INDEX fission_participants_by_visitor ON fission_participants (campaign_id, visitor_id) WHERE merged_into IS NULL;
