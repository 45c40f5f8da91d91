-- 口令 said in a group by a member who is not settled yet: events overtake each other, so who said it may be found in the group, and his
-- scan recorded, only afterwards.
CREATE TABLE fission_sayings (
    live_code_id bigint NOT NULL,
    member_id text NOT NULL,
    participant_id bigint NOT NULL,
    tenant_id bigint NOT NULL,
    group_id bigint NOT NULL,
    said_at bigint NOT NULL,
    PRIMARY KEY (live_code_id, member_id, participant_id)
) $(clustered);

CREATE INDEX fission_sayings_by_participant ON fission_sayings (participant_id);

-- Whether somebody is in another group of the code.
CREATE INDEX group_members_by_member ON group_members (live_code_id, member_id);

-- When somebody's personal data were removed; what he counted for stays as a number.
ALTER TABLE fission_participants ADD COLUMN removed_at bigint NULL;
ALTER TABLE fission_invitees ADD COLUMN removed_at bigint NULL;

-- 待确认 of a campaign by the time of joining.
CREATE INDEX fission_invitees_to_confirm ON fission_invitees (campaign_id, joined_at) WHERE state = 1 AND member_id IS NOT NULL;
