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
