-- Files of users that were sent as a whole, and how far each has been carried out. Times are epoch seconds, except for
-- leases. Nothing here refers to the tenant: what a deleted tenant leaves is removed in the background, in steps.
create table import (
    tenant_id uuid not null,
    -- In the order of arrival, which is the order in which the imports of a tenant are carried out.
    id uuid not null,
    -- RECEIVING (not yet whole), QUEUED, RUNNING, COMPLETED, CANCELLED, FAILED, REMOVED (its rows here are being deleted)
    status text not null,
    mode text not null,
    dry_run boolean not null,
    -- ndjson or csv
    format text not null,
    -- The columns of a CSV file, and what separates its cells.
    columns text[],
    separator text not null default ',',
    -- Who sent it: the author of its changes.
    api_key_id uuid,
    address text,
    request_id text,
    bytes bigint not null default 0,
    chunks integer not null default 0,
    rows_total bigint not null default 0,
    rows_done bigint not null default 0,
    rows_created bigint not null default 0,
    rows_updated bigint not null default 0,
    rows_unchanged bigint not null default 0,
    rows_rejected bigint not null default 0,
    -- Where it goes on: stored in the transaction that made the changes before it.
    next_chunk integer not null default 0,
    next_row integer not null default 0,
    -- Why it failed, in words for the operator.
    failure text,
    created_time bigint not null,
    started_time bigint,
    finished_time bigint,
    -- Who carries it out, until when (epoch milliseconds), and since when it has had its turn.
    lease uuid,
    lease_until bigint not null default 0,
    turn_time bigint not null default 0,
    primary key (tenant_id, id)
);

create index import_unfinished on import (tenant_id, id) where status in ('QUEUED', 'RUNNING');
create index import_turn on import (turn_time) where status in ('QUEUED', 'RUNNING');
create index import_over on import (status, finished_time) where status not in ('QUEUED', 'RUNNING');

-- The rows of a file, some hundred in each chunk, compressed and encrypted: they may contain passwords. Deleted as soon
-- as they have been carried out.
create table import_chunk (
    tenant_id uuid not null,
    import_id uuid not null,
    number integer not null,
    sealed_rows bytea not null,
    primary key (tenant_id, import_id, number)
);

alter table import_chunk alter column sealed_rows set storage external;

create table import_rejected_row (
    tenant_id uuid not null,
    import_id uuid not null,
    line bigint not null,
    external_id text,
    -- JSON, as text: PostgreSQL's jsonb cannot contain every text that a client can send.
    errors text not null,
    row text,
    primary key (tenant_id, import_id, line)
);

-- What a dry run would have made of users so far: the rows that follow meet these instead of the users.
create table import_draft (
    tenant_id uuid not null,
    import_id uuid not null,
    id uuid not null,
    version integer not null,
    name text,
    email text,
    email_key text collate "C",
    telephone text,
    user_flags text[] not null,
    external_id text collate "C",
    registered_time bigint,
    password_hash text,
    default_profile_id uuid not null,
    updated_time bigint not null,
    primary key (tenant_id, import_id, id)
);

create index import_draft_email on import_draft (tenant_id, import_id, email_key) where email_key is not null;
create index import_draft_external_id on import_draft (tenant_id, import_id, external_id) where external_id is not null;

-- The import that made a change.
alter table user_event add column import_id uuid;
