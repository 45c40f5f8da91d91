-- A member of a 企业微信 group is found by his unionid, and what a person is called by his number.
CREATE INDEX group_members_by_union ON group_members (live_code_id, union_id) WHERE union_id IS NOT NULL;
CREATE INDEX visitor_identities_of_person ON visitor_identities (person_id);

-- Marks of visitors whose data were removed lately: scans of theirs that stand in the log are not recorded again.
CREATE TABLE fission_removals (
    mark text PRIMARY KEY,
    removed_at bigint NOT NULL
) $(clustered);
