-- The installation's secret in generations, so that it can be replaced while what the former ones sealed is still opened.
create table installation_secret (
    generation integer primary key,
    -- Seals cursors, request digests and the links in queued mails: the same on every node, never shown. Null once it
    -- is removed.
    secret bytea,
    -- Epoch seconds, as all times here.
    created_time bigint not null,
    -- From then on new things are sealed with it: later than it was made, so that every node knows it before.
    sealing_time bigint not null,
    -- From then on nothing is opened with it; null for the newest.
    removed_time bigint,
    constraint installation_secret_removed check (secret is not null or removed_time is not null)
);

insert into installation_secret (generation, secret, created_time, sealing_time)
select 1, i.secret, extract(epoch from now())::bigint, extract(epoch from now())::bigint
  from installation i;

alter table installation drop column secret;
