-- Distributes the tables of Roster by tenant, in a database with the extension Citus. Run it as the owner of the tables,
-- in one step:
--
--     psql "$ROSTER_DATABASE_OWNER_URL" --set ON_ERROR_STOP=1 --file ops/citus/distribute.sql
--
-- Run it again after each upgrade: it changes only tables that are not yet distributed. docs/scaling.md has the rest.

begin;

-- Foreign keys to copied and to distributed tables are made in one transaction.
set local citus.multi_shard_modify_mode = 'sequential';

do $$
declare
    -- Tables whose primary key begins with the tenant are distributed; all others are copied to every machine.
    tables regclass[] := array(
        select c.oid::regclass from pg_class c
         where c.relnamespace = (select r.relnamespace from pg_class r where r.oid = 'roster_user'::regclass)
           and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'flyway_schema_history'
           and not exists (select from pg_dist_partition d where d.logicalrelid = c.oid)
           and not exists (select from pg_depend e where e.objid = c.oid and e.deptype = 'e')
         order by c.relname);
    by_tenant regclass[] := array(
        select i.indrelid::regclass from pg_index i
          join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
         where i.indrelid = any (tables) and i.indisprimary and a.attname = 'tenant_id');
    first_distributed regclass := (
        select d.logicalrelid from pg_dist_partition d
         where d.logicalrelid = 'roster_user'::regclass and d.partmethod = 'h');
    placed regclass;
    dropped record;
    again text[] := '{}';
begin
    -- A foreign key cannot exist while only one of its tables is distributed.
    for dropped in
        select k.conrelid::regclass as of_table, k.conname as name, pg_get_constraintdef(k.oid) as definition
          from pg_constraint k
         where k.contype = 'f' and (k.conrelid = any (tables) or k.confrelid = any (tables))
         order by k.conrelid::regclass::text, k.conname
    loop
        execute format('alter table %s drop constraint %I', dropped.of_table, dropped.name);
        again := again || format(
            'alter table %s add constraint %I %s', dropped.of_table, dropped.name, dropped.definition);
    end loop;

    foreach placed in array tables loop
        if not placed = any (by_tenant) then
            perform create_reference_table(placed);
        end if;
    end loop;

    -- All with the shards of roster_user, so that the rows of a tenant are on one machine.
    if first_distributed is null then
        perform create_distributed_table('roster_user', 'tenant_id', colocate_with => 'none');
    end if;
    foreach placed in array by_tenant loop
        if placed <> 'roster_user'::regclass then
            perform create_distributed_table(placed, 'tenant_id', colocate_with => 'roster_user');
        end if;
    end loop;

    for statement in 1 .. cardinality(again) loop
        execute again[statement];
    end loop;
    raise notice 'roster: distributed % and copied % tables', cardinality(by_tenant),
        cardinality(tables) - cardinality(by_tenant);
end
$$;

commit;
