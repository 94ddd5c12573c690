-- Users that were deleted. Within the grace period of their tenant they can be restored from the copy; after that the
-- row says only that there was such a user.
create table deleted_user (
    tenant_id uuid not null,
    id uuid not null,
    -- The id of the event of the deletion, which is the order of the list.
    deletion_id uuid not null,
    deleted_time bigint not null,
    purge_time bigint not null,
    version integer not null,
    feed_order bigint not null,
    external_id text collate "C",
    -- The rows of roster_user and user_profile: {"user": {...}, "profiles": [{...}]}; null once the user is purged.
    copy jsonb,
    -- When the rest is removed as well; null before the user is purged.
    forget_time bigint,
    primary key (tenant_id, id)
);

create index deleted_user_order on deleted_user (tenant_id, deletion_id);
create index deleted_user_external_id on deleted_user (tenant_id, external_id, deletion_id)
    where external_id is not null;
create index deleted_user_due on deleted_user (purge_time) where copy is not null;
create index deleted_user_forgotten on deleted_user (forget_time) where forget_time is not null;

-- Receipts of erasures, which contain nothing personal and are kept.
create table erasure (
    tenant_id uuid not null,
    id uuid not null,
    user_id uuid not null,
    requested_time bigint not null,
    finished_time bigint not null,
    api_key_id uuid,
    -- An array of {"place": ..., "count": ...}.
    removed jsonb not null,
    primary key (tenant_id, id)
);

create index erasure_user on erasure (tenant_id, user_id);

-- Who looked at a person's data.
alter table admin_event add column user_id uuid;

-- The application's role cannot change events. This function of the tables' owner takes everything personal out of
-- those of one user, except from those about erasures, which have only who
-- erased. An address that was there is left as an empty text: the event still says that it came from a
-- client. `search_path` is fixed, so that it means no table but this one.
do $$
begin
    execute format($create$
        create function erase_events_of_user(of_tenant uuid, of_user uuid) returns integer
        language plpgsql security definer set search_path = %I, pg_temp as
        $body$
        declare
            erased integer;
        begin
            update user_event e
               set before = null, after = null, state = null, request_id = null,
                   address = case when e.address is not null then '' end
             where e.tenant_id = of_tenant and e.user_id = of_user and e.kind <> 'user.erased'
               and (e.before is not null or e.after is not null or e.state is not null
                    or e.request_id is not null or e.address <> '');
            get diagnostics erased = row_count;
            return erased;
        end
        $body$
        $create$, current_schema());
end
$$;

revoke all on function erase_events_of_user (uuid, uuid) from public;
