alter table api_key add column rate_limit text;

-- Changes of tenants and keys. The tenant is null where the change is about a key that belongs to none; author_key_id
-- is who did it. Nothing here is changed or deleted by a call, not even when the tenant goes.
create table admin_event (
    id uuid primary key,
    time timestamptz not null,
    kind text not null,
    tenant_id uuid,
    subject_key_id uuid,
    author_key_id uuid,
    address text,
    request_id text,
    before jsonb,
    after jsonb
);

create index admin_event_tenant on admin_event (tenant_id, id);

-- The audit is asked by key and by kind; the time is in the id, and a user has an index already.
create index user_event_key on user_event (tenant_id, api_key_id, id);
create index user_event_kind on user_event (tenant_id, kind, id);
