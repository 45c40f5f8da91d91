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
