-- The application's role cannot delete events, as they are the audit as well. This function of the tables' owner
-- deletes those whose time is over, and no others: up to `most` after the event `beyond`. It returns the last event to
-- go on from, or null if nothing is left. `search_path` is fixed, so that it means no table but these.
do $$
begin
    execute format($create$
        create function delete_expired_events(of_tenant uuid, beyond uuid, most integer, out deleted integer, out last uuid)
        language plpgsql security definer set search_path = %I, pg_temp as
        $body$
        declare
            days integer := coalesce(
                (select (t.settings ->> 'event_retention_days')::integer from tenant t where t.id = of_tenant), 90);
            -- An event is committed some time after its id was made, and readers rely on the retention from then on.
            first_kept_time timestamptz := now() - make_interval(days => greatest(days, 1), hours => 1);
            -- The first 48 bits of an id are the time in milliseconds.
            first_kept uuid :=
                (lpad(to_hex((extract(epoch from first_kept_time) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid;
            expired uuid[] := array(
                select e.id from user_event e
                 where e.tenant_id = of_tenant and e.id > beyond and e.id < first_kept
                 order by e.id limit most);
        begin
            delete from user_event e where e.tenant_id = of_tenant and e.id = any (expired);
            get diagnostics deleted = row_count;
            if cardinality(expired) = most then
                last := expired[most];
            end if;
        end
        $body$
        $create$, current_schema());
end
$$;

revoke all on function delete_expired_events (uuid, uuid, integer) from public;

-- With the default of a fifth, twenty million rows of a hundred million would wait to be removed, with their entries in
-- seven indexes; with a fiftieth, the space of what was deleted is soon used again.
alter table user_event set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
