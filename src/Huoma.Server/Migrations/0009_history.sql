-- Who changed what and when; append-only. Names are those of that time: what they belonged to may be gone. version: the live code's, after the change.
CREATE TABLE audit_entries (
    id bigint PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenants (id),
    live_code_id bigint NULL,
    live_code_name text NULL,
    version bigint NOT NULL,
    subject integer NOT NULL,
    subject_id bigint NOT NULL,
    subject_name text NOT NULL,
    action integer NOT NULL,
    way integer NOT NULL,
    changes text NOT NULL,
    actor_id bigint NULL,
    actor_name text NOT NULL,
    at bigint NOT NULL
);

CREATE INDEX audit_entries_by_tenant ON audit_entries (tenant_id, at);
CREATE INDEX audit_entries_by_live_code ON audit_entries (live_code_id, version) WHERE live_code_id IS NOT NULL;

-- Name, remark and number in lower case, made by the program: lower() of SQLite knows only A to Z.
ALTER TABLE live_codes ADD COLUMN search_text text NOT NULL DEFAULT '';
UPDATE live_codes SET search_text = lower(name || '
' || remark || '
' || number);

-- From then on a deleted code can not come back; its row stays, for its visits and for its printed address.
ALTER TABLE live_codes ADD COLUMN purged_at bigint NULL;
CREATE INDEX live_codes_deleted ON live_codes (deleted_at) WHERE deleted_at IS NOT NULL;

-- The highest round there ever was: a round that was undone is not given to another group.
ALTER TABLE slots ADD COLUMN last_round integer NOT NULL DEFAULT 1;
UPDATE slots SET last_round = round;
