-- 任务宝 (D19–D25). participants: the last number of a 口令 that was given.
CREATE TABLE fission_campaigns (
    id bigint PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenants (id),
    live_code_id bigint NOT NULL REFERENCES live_codes (id),
    key text NOT NULL UNIQUE,
    name text NOT NULL,
    description text NOT NULL,
    goal integer NOT NULL,
    poster_image_id bigint NOT NULL,
    layout text NOT NULL,
    reward_kind integer NOT NULL,
    reward_url text NULL,
    deducts_leavers boolean NOT NULL,
    starts_at bigint NULL,
    ends_at bigint NULL,
    is_paused boolean NOT NULL,
    out_of_stock_at bigint NULL,
    participants integer NOT NULL DEFAULT 0,
    version bigint NOT NULL,
    created_at bigint NOT NULL
);

CREATE INDEX fission_campaigns_by_tenant ON fission_campaigns (tenant_id, created_at);
CREATE INDEX fission_campaigns_by_code ON fission_campaigns (live_code_id);

-- 裂变用户. The id is the number of his entrance in visits.channel_id, as a channel's is.
CREATE TABLE fission_participants (
    id bigint PRIMARY KEY,
    tenant_id bigint NOT NULL,
    campaign_id bigint NOT NULL REFERENCES fission_campaigns (id),
    live_code_id bigint NOT NULL,
    visitor_id bigint NOT NULL,
    key text NOT NULL UNIQUE,
    token text NOT NULL,
    nickname text NULL,
    avatar text NULL,
    joined_at bigint NOT NULL,
    completed_at bigint NULL,
    completed_goal integer NULL,
    claimed_at bigint NULL,
    gift_opened_at bigint NULL
);

CREATE UNIQUE INDEX fission_participants_by_visitor ON fission_participants (campaign_id, visitor_id);
CREATE UNIQUE INDEX fission_participants_by_token ON fission_participants (campaign_id, token);
CREATE INDEX fission_participants_by_age ON fission_participants (campaign_id, joined_at);

-- Who was invited by whom: one row for each friend and inviter. Of the rows without a reason against them there is one for each friend of
-- a campaign, and one for each member: whatever comes twice or at once, nobody counts twice.
CREATE TABLE fission_invitees (
    id bigint PRIMARY KEY,
    tenant_id bigint NOT NULL,
    campaign_id bigint NOT NULL REFERENCES fission_campaigns (id),
    live_code_id bigint NOT NULL,
    inviter_id bigint NOT NULL REFERENCES fission_participants (id),
    visitor_id bigint NOT NULL,
    nickname text NULL,
    scanned_at bigint NOT NULL,
    state integer NOT NULL,
    reason integer NOT NULL,
    member_id text NULL,
    member_name text NULL,
    group_id bigint NULL,
    joined_at bigint NULL,
    evidence integer NOT NULL,
    confirmed_at bigint NULL,
    left_at bigint NULL,
    decided_by text NULL
);

CREATE UNIQUE INDEX fission_invitees_once ON fission_invitees (inviter_id, visitor_id);
CREATE UNIQUE INDEX fission_invitees_first ON fission_invitees (campaign_id, visitor_id) WHERE reason = 0;
CREATE UNIQUE INDEX fission_invitees_member ON fission_invitees (campaign_id, member_id) WHERE reason = 0 AND member_id IS NOT NULL;
CREATE INDEX fission_invitees_by_inviter ON fission_invitees (inviter_id, state);
CREATE INDEX fission_invitees_by_visitor ON fission_invitees (visitor_id);
CREATE INDEX fission_invitees_by_member ON fission_invitees (tenant_id, member_id);
CREATE INDEX fission_invitees_pending ON fission_invitees (campaign_id, scanned_at) WHERE state = 1;

-- When somebody was in any group of a code for the first time: group_members keeps only his last join.
CREATE TABLE fission_members (
    live_code_id bigint NOT NULL,
    member_id text NOT NULL,
    tenant_id bigint NOT NULL,
    first_joined_at bigint NOT NULL,
    PRIMARY KEY (live_code_id, member_id)
) $(clustered);

-- Up to which line the log of visits was read for invitations.
CREATE TABLE fission_reading (
    name text PRIMARY KEY,
    visit_id bigint NOT NULL
);

INSERT INTO fission_reading (name, visit_id) SELECT 'visits', COALESCE(MAX(id), 0) FROM visits;

-- 福利码, sealed; the hash finds one that is there already.
CREATE TABLE reward_codes (
    id bigint PRIMARY KEY,
    tenant_id bigint NOT NULL,
    campaign_id bigint NOT NULL REFERENCES fission_campaigns (id),
    place integer NOT NULL,
    hash text NOT NULL,
    sealed text NOT NULL,
    participant_id bigint NULL,
    taken_at bigint NULL
);

CREATE UNIQUE INDEX reward_codes_by_hash ON reward_codes (campaign_id, hash);
CREATE UNIQUE INDEX reward_codes_by_participant ON reward_codes (participant_id) WHERE participant_id IS NOT NULL;
CREATE INDEX reward_codes_left ON reward_codes (campaign_id, place) WHERE participant_id IS NULL;
