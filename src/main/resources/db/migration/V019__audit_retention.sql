-- Like delete_expired_events: the application's role cannot delete entries of the audit of administration. This function
-- of the tables' owner deletes those whose time is over: of a tenant after its setting, of no tenant (null) and of
-- deleted tenants after `other_days`, and none that is younger than 30 days. The entry of a tenant's deletion stays as
-- long as the tenant has events, since these are found by it.
do $$
begin
    execute format($create$
        create function delete_expired_admin_events(of_tenant uuid, other_days integer, beyond uuid, most integer,
            out deleted integer, out last uuid)
        language plpgsql security definer set search_path = %I, pg_temp as
        $body$
        declare
            days integer := coalesce(
                (select coalesce((t.settings ->> 'audit_retention_days')::integer, 1095) from tenant t where t.id = of_tenant),
                other_days);
            has_events boolean := exists (select from user_event e where e.tenant_id = of_tenant);
            -- The first 48 bits of an id are the time in milliseconds.
            first_kept uuid := (lpad(to_hex(
                (extract(epoch from now() - make_interval(days => greatest(days, 30))) * 1000)::bigint), 12, '0')
                || repeat('0', 20))::uuid;
            expired uuid[];
        begin
            if of_tenant is null then
                expired := array(
                    select e.id from admin_event e
                     where e.tenant_id is null and e.id > beyond and e.id < first_kept
                     order by e.id limit most);
            else
                expired := array(
                    select e.id from admin_event e
                     where e.tenant_id = of_tenant and e.id > beyond and e.id < first_kept
                       and not (has_events and e.kind = 'tenant.deleted')
                     order by e.id limit most);
            end if;
            delete from admin_event e where e.id = any (expired);
            get diagnostics deleted = row_count;
            if cardinality(expired) = most then
                last := expired[most];
            end if;
        end
        $body$
        $create$, current_schema());
end
$$;

revoke all on function delete_expired_admin_events (uuid, integer, uuid, integer) from public;
