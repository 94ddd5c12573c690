-- The servers to which events are pushed. Times are epoch milliseconds, except for those that calls show, which are epoch
-- seconds.
create table webhook_endpoint (
    tenant_id uuid not null references tenant on delete cascade,
    id uuid not null,
    url text not null,
    -- Kinds of events, or groups of them such as user.*; empty for all.
    kinds text[] not null,
    description text,
    -- ENABLED, PAUSED, DISABLED
    status text not null,
    disabled_reason text,
    -- Encrypted with a key of the installation's secret.
    sealed_secret bytea not null,
    former_sealed_secret bytea,
    former_secret_until bigint,
    created_time bigint not null,
    -- Grows with each change that the node which delivers has to know of.
    generation integer not null default 0,
    -- Grows with each replay, after which the node must not store how far it had come.
    replays integer not null default 0,
    -- Up to this place in the feed, everything has been delivered or waits.
    position text not null,
    last_success_time bigint,
    -- The first failure after the last success.
    failing_since bigint,
    last_failure_time bigint,
    last_failure_status integer,
    last_failure_detail text,
    -- The node that delivers.
    node_id uuid,
    primary key (tenant_id, id)
);

-- The nodes that deliver events, and until when each has the endpoints that name it.
create table webhook_node (
    id uuid primary key,
    lease_until bigint not null
);

-- The users one of whose events could not be delivered; their later events wait as well.
create table webhook_waiting (
    tenant_id uuid not null,
    endpoint_id uuid not null,
    user_id uuid not null,
    -- Everything of this user up to this place in the feed has been delivered.
    after_position text not null,
    -- Of the first event that waits: how often it has failed, since when, and when it is tried again.
    attempts integer not null,
    since bigint not null,
    due_time bigint not null,
    primary key (tenant_id, endpoint_id, user_id),
    foreign key (tenant_id, endpoint_id) references webhook_endpoint on delete cascade
);

-- The latest attempts of each endpoint.
create table webhook_attempt (
    tenant_id uuid not null,
    endpoint_id uuid not null,
    id uuid not null,
    event_id uuid not null,
    time bigint not null,
    status integer,
    milliseconds integer not null,
    response text,
    detail text,
    primary key (tenant_id, endpoint_id, id),
    foreign key (tenant_id, endpoint_id) references webhook_endpoint on delete cascade
);
