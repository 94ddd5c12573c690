-- Links with which subscribers set a password, the mails that carry them, and wrong passwords. Times are epoch seconds.

-- One link of each kind a user: a newer one takes the row of the older, whoever uses it takes the row away.
create table account_link (
    tenant_id uuid not null,
    user_id uuid not null,
    kind text not null,
    id uuid not null,
    -- SHA-256 of the token, which nobody keeps.
    token_hash bytea not null,
    -- Where the link was mailed to: it ends when the user gets another address. Null where the BSS delivers it.
    email_key text collate "C",
    expires_time bigint not null,
    primary key (tenant_id, user_id, kind),
    foreign key (tenant_id, user_id) references roster_user on delete cascade
);

create unique index account_link_token on account_link (tenant_id, token_hash);
create index account_link_expires on account_link (expires_time);

create table mail (
    tenant_id uuid not null,
    id uuid not null,
    user_id uuid not null,
    kind text not null,
    recipient text not null,
    language text not null,
    -- The link with its token, encrypted; erased as soon as the mail needs it no more. See docs/decisions.
    sealed_link bytea,
    -- queued, sent, replaced (by a newer link), given_up
    status text not null default 'queued',
    attempts integer not null default 0,
    -- When it is tried next; while a node sends it, when its lease ends.
    due_time bigint not null,
    created_time bigint not null,
    expires_time bigint not null,
    finished_time bigint,
    primary key (tenant_id, id),
    foreign key (tenant_id, user_id) references roster_user on delete cascade
);

create index mail_user on mail (tenant_id, user_id, kind);
create index mail_due on mail (due_time) where status = 'queued';
create index mail_expires on mail (expires_time);

-- Wrong passwords of the last 15 minutes, also for names that nobody has: both cost the same.
create table wrong_password (
    tenant_id uuid not null references tenant on delete cascade,
    -- A user's id, or what an unknown name was made into.
    subject uuid not null,
    times bigint[] not null,
    last_time bigint not null,
    primary key (tenant_id, subject)
);

create index wrong_password_last on wrong_password (last_time);
