-- Support agents: the people who use the console. Times are epoch seconds.
create table agent (
    id uuid primary key,
    -- Null for an agent of the installation.
    tenant_id uuid references tenant on delete cascade,
    version integer not null default 1,
    email text not null,
    -- The address in the form in which addresses are compared. An address has one agent in the whole installation, since
    -- whoever signs in does not name a tenant.
    email_key text not null,
    name text not null,
    -- VIEWER, AGENT, MANAGER, ADMINISTRATOR
    role text not null,
    disabled boolean not null default false,
    -- Null until the agent has chosen a password.
    password_hash text,
    -- The secret of the second factor, encrypted with a key of the installation's secret; null if there is none.
    totp_sealed bytea,
    -- The time step of the last code that was used: each code is good once.
    totp_step bigint,
    -- SHA-256 of the recovery codes that are left, in hexadecimal digits.
    recovery_hashes text[] not null default '{}',
    -- Who the agent is at the operator's OpenID Connect provider.
    oidc_subject text,
    -- Grows when all sessions are ended: those of a former generation, also ones that begin at the same moment, are not
    -- in force.
    generation integer not null default 0,
    updated_time bigint not null,
    last_sign_in_time bigint,
    constraint agent_email_taken unique (email_key),
    constraint agent_oidc_subject_taken unique (oidc_subject)
);

create index agent_tenant on agent (tenant_id, id);

create table agent_session (
    -- SHA-256 of the token in the agent's browser.
    token_hash bytea primary key,
    agent_id uuid not null references agent on delete cascade,
    generation integer not null,
    created_time bigint not null,
    last_used_time bigint not null,
    address text not null,
    user_agent text
);

create index agent_session_agent on agent_session (agent_id);
create index agent_session_created on agent_session (created_time);
create index agent_session_used on agent_session (last_used_time);

-- Agents who have shown their password, and not yet their second factor.
create table agent_sign_in (
    token_hash bytea primary key,
    agent_id uuid not null references agent on delete cascade,
    generation integer not null,
    -- The secret of a second factor that is being set up, encrypted like that of the agent; null for one that is demanded.
    sealed_secret bytea,
    expires_time bigint not null
);

create index agent_sign_in_agent on agent_sign_in (agent_id);
create index agent_sign_in_expires on agent_sign_in (expires_time);

-- Links with which an agent chooses a password.
create table agent_setup_link (
    token_hash bytea primary key,
    -- An agent has one link at most; null for the first administrator, who does not exist yet.
    agent_id uuid unique references agent on delete cascade,
    expires_time bigint not null
);

create index agent_setup_link_expires on agent_setup_link (expires_time);

-- Attempts to sign in since the last success, in the order of their times: by agent, or by a hash of an address that no
-- agent has.
create table agent_attempt (
    subject uuid primary key,
    times bigint[] not null,
    last_time bigint not null,
    -- When the audit said that the agent is locked out, once for each window.
    locked_time bigint
);

create index agent_attempt_last on agent_attempt (last_time);

-- The agent that an entry is about. Their names and addresses are not in the audit, so that of a deleted agent only the
-- id remains.
alter table admin_event add column subject_agent_id uuid;
