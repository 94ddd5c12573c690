-- The tenant leads every key and index, ids are made by the application (UUIDv7), times are whole epoch seconds:
-- a distributed PostgreSQL can carry this unchanged. See docs/decisions.

create table installation (
    only_row boolean primary key default true check (only_row),
    -- Seals cursors and request digests: the same on every node, never shown.
    secret bytea not null,
    -- Raised with every change of tenants, keys and allow-lists; nodes compare it once a second.
    access_version bigint not null default 1
);

create table tenant (
    id uuid primary key,
    version integer not null default 1,
    slug text not null constraint tenant_slug_taken unique,
    name text not null,
    user_flags text[] not null default '{}',
    ip_allow_list text[] not null default '{}',
    settings jsonb not null default '{}',
    updated_time bigint not null
);

create table api_key (
    id uuid primary key,
    -- Null for a key of the operator of the whole installation.
    tenant_id uuid references tenant on delete cascade,
    version integer not null default 1,
    name text not null,
    prefix text not null constraint api_key_prefix_taken unique,
    secret_hash bytea not null,
    -- The secret before the last rotation, good until then.
    former_secret_hash bytea,
    former_secret_until bigint,
    scopes text[] not null,
    ip_allow_list text[] not null default '{}',
    expires_time bigint,
    revoked_time bigint,
    last_used_time bigint,
    updated_time bigint not null
);

create index api_key_tenant on api_key (tenant_id, id);

create table roster_user (
    tenant_id uuid not null references tenant on delete cascade,
    -- Its first 48 bits are the time of creation in milliseconds: the order of ids is the order of creation.
    id uuid not null,
    version integer not null,
    name text,
    -- What is derived from a member stands beside it: *_key compares and sorts by code points, name_folded is searched.
    name_key text collate "C",
    name_folded text collate "C",
    email text,
    email_key text collate "C",
    telephone text,
    telephone_digits text collate "C",
    user_flags text[] not null,
    external_id text collate "C",
    -- When the user became REGISTERED; null while UNREGISTERED.
    registered_time bigint,
    password_hash text,
    default_profile_id uuid not null,
    updated_time bigint not null,
    primary key (tenant_id, id)
);

create unique index user_email_taken on roster_user (tenant_id, email_key);
create unique index user_external_id_taken on roster_user (tenant_id, external_id);
create index user_without_email on roster_user (tenant_id, id) where email_key is null;
create index user_without_external_id on roster_user (tenant_id, id) where external_id is null;
create index user_telephone on roster_user (tenant_id, telephone_digits, id) where telephone_digits is not null;
create index user_name on roster_user (tenant_id, name_key, id);
create index user_registered on roster_user (tenant_id, registered_time, id);
create index user_updated on roster_user (tenant_id, updated_time, id);
create index user_flagged on roster_user (tenant_id, id) where user_flags <> '{}';

create table user_profile (
    tenant_id uuid not null,
    id uuid not null,
    user_id uuid not null,
    name text not null,
    is_child_profile boolean not null default false,
    age_limit smallint,
    primary key (tenant_id, id),
    constraint profile_name_taken unique (tenant_id, user_id, name),
    foreign key (tenant_id, user_id) references roster_user on delete cascade
);

-- Every change, written in the statement that makes it. Nothing here is changed or deleted by a call.
create table user_event (
    tenant_id uuid not null,
    id uuid not null,
    time timestamptz not null,
    kind text not null,
    user_id uuid not null,
    api_key_id uuid,
    address text,
    request_id text,
    before jsonb,
    after jsonb,
    primary key (tenant_id, id)
);

create index user_event_user on user_event (tenant_id, user_id, id);

create table idempotency_key (
    tenant_id uuid not null references tenant on delete cascade,
    key text not null,
    request_digest bytea not null,
    created_time bigint not null,
    -- The first answer; null while it is under way, which only its own transaction sees.
    status smallint,
    headers jsonb,
    body bytea,
    primary key (tenant_id, key)
);

create index idempotency_key_created on idempotency_key (created_time);
