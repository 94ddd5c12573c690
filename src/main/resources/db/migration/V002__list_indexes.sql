-- Every user stands in one of the first two, so that a list of either state has its default order from an index; who
-- is REGISTERED stands in the third as well, for the sort by registration time.
create index user_of_unregistered on roster_user (tenant_id, id) where registered_time is null;
create index user_of_registered on roster_user (tenant_id, id) where registered_time is not null;
create index user_by_registration on roster_user (tenant_id, registered_time, id) where registered_time is not null;
drop index user_registered;

-- A flag that many users have is found by walking user_flagged, one that few have by this.
create index user_flags on roster_user using gin (user_flags) where user_flags <> '{}';

-- Search in names. pg_trgm comes with PostgreSQL, and the owner of a database may create it; a server that lacks it,
-- or forbids it, searches all names of the tenant instead.
do $$
begin
    create extension if not exists pg_trgm;
    create index user_name_search on roster_user using gin (name_folded gin_trgm_ops);
exception when others then
    raise notice 'Names are searched without an index, for pg_trgm is not to be had: %', sqlerrm;
end
$$;
