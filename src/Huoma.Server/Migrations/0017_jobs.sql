-- Background jobs (后台任务) that run in one process at a time (ADR 0018): who raises the turn has begun it, the beat shows that it is alive.
CREATE TABLE jobs (
    name text PRIMARY KEY,
    turn bigint NOT NULL,
    beat bigint NOT NULL,
    running boolean NOT NULL,
    asked boolean NOT NULL,
    due_at bigint NOT NULL,
    started_at bigint NULL,
    ended_at bigint NULL,
    outcome integer NULL,
    result text NULL,
    error text NULL
);

-- Runs worth remembering, the last ones of each job.
CREATE TABLE job_runs (
    job text NOT NULL,
    turn bigint NOT NULL,
    started_at bigint NOT NULL,
    ended_at bigint NOT NULL,
    outcome integer NOT NULL,
    result text NULL,
    error text NULL,
    PRIMARY KEY (job, turn)
) $(clustered);

-- Notices about robots, their groups and the balance: live_code_id is 0 when they are about no code; slot_name may name a group.
ALTER TABLE notices ADD COLUMN robot_id bigint NULL;
ALTER TABLE notices ADD COLUMN detail text NULL;
ALTER TABLE chat_groups ADD COLUMN failed_at bigint NULL;

-- Channels that took every kind take the new ones, too.
UPDATE notice_channels SET kinds = kinds | 3968 WHERE kinds = 126;

-- 进群人数 over time: when somebody first joined (joined_at is the last time); null for those a group began with.
ALTER TABLE group_members ADD COLUMN first_joined_at bigint NULL;
UPDATE group_members SET first_joined_at = joined_at WHERE source <> 1;
CREATE INDEX group_members_joined ON group_members (tenant_id, first_joined_at) WHERE first_joined_at IS NOT NULL;
CREATE INDEX group_members_first ON group_members (live_code_id, member_id, first_joined_at);
