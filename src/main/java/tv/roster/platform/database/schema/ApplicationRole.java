package tv.roster.platform.database.schema;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PasswordUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.platform.database.session.DatabaseAddress;
import tv.roster.platform.database.session.PostgresFailure;

/// The rights of the application's role: to change rows, but neither tables nor existing entries of the audit log.
/// They are derived from the tables that exist after a migration, so that a new table needs no line here unless its
/// rights are to be restricted.
public final class ApplicationRole {
    private static final Logger LOG = LoggerFactory.getLogger(ApplicationRole.class);

    /// Several nodes may start at once, and PostgreSQL rejects concurrent grants on the same table.
    private static final long GRANTING = 0x726f_7374_6572_0001L;

    /// The tables and their rights, in alphabetical order. Partitions are accessed only through their table.
    private static final String TABLES = """
            tables as (
                select c.oid, c.relname, c.relowner, c.relacl, c.relnamespace, case
                        when c.relname in ('user_event', 'admin_event') then '{insert,select}'
                        when c.relname = 'flyway_schema_history' then '{select}'
                        else '{delete,insert,select,update}'
                    end::text[] as rights
                  from pg_class c
                 where c.relnamespace = (select r.relnamespace from pg_class r where r.oid = to_regclass('roster_user'))
                   and c.relkind in ('r', 'p') and not c.relispartition
            )""";

    /// The functions of the owner: what the role may do only through them, such as deleting expired events.
    private static final String FUNCTIONS = """
            functions as (
                select p.oid, p.proname
                  from pg_proc p
                 where p.prosecdef
                   and p.pronamespace = (select r.relnamespace from pg_class r where r.oid = to_regclass('roster_user'))
            )""";

    private static final String CREATE = """
            do $$
            begin
                if to_regrole('%1$s') is null then
                    create role %1$s;
                end if;
            end
            $$;
            alter role %1$s login nosuperuser nocreatedb nocreaterole noreplication nobypassrls
                password '%2$s'""";

    /// The statements for rights that are not yet as required: usually none, since each makes running nodes plan
    /// again.
    private static final String GRANTS = "with " + TABLES + ", " + FUNCTIONS + """
            , role as (select oid, rolname from pg_roles where rolname = ?)
            select distinct format('grant usage on schema %s to %I', t.relnamespace::regnamespace, role.rolname)
              from tables t, role
             where not has_schema_privilege(role.oid, t.relnamespace, 'usage')
            union all
            select format('revoke all on %1$s from %2$I; grant %3$s on %1$s to %2$I',
                       t.oid::regclass, role.rolname, array_to_string(t.rights, ', '))
              from tables t, role
             where t.rights is distinct from (
                       select array_agg(lower(a.privilege_type) order by lower(a.privilege_type))
                         from aclexplode(t.relacl) a
                        where a.grantee = role.oid)
            union all
            select format('grant execute on function %s to %I', f.oid::regprocedure, role.rolname)
              from functions f, role
             where not has_function_privilege(role.oid, f.oid, 'execute')""";

    private static final String EXCESS = "with " + TABLES + """
            select case
                when r.rolsuper then 'is a superuser'
                when r.rolcreaterole then 'may create roles'
                when exists (select from tables t where pg_has_role(r.oid, t.relowner, 'member'))
                    then 'owns the tables, or is a member of the role that does'
                when exists (
                        select from pg_roles p
                         where p.rolname in
                               ('pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program')
                           and pg_has_role(r.oid, p.oid, 'member'))
                    then 'may use files or programs of the database server'
                when has_database_privilege(r.oid, current_database(), 'create')
                    then 'may create schemas in the database'
                when exists (select from tables t where has_schema_privilege(r.oid, t.relnamespace, 'create'))
                    then 'may create tables'
                when exists (
                        select from tables t
                         where not 'update' = any(t.rights)
                           and (has_any_column_privilege(r.oid, t.oid, 'update')
                                or has_table_privilege(r.oid, t.oid, 'delete, truncate, trigger')))
                    then 'may change the audit or the history of the schema'
                end
              from pg_roles r
             where r.rolname = ?""";

    private static final String MISSING = "with " + TABLES + ", " + FUNCTIONS + """
            select case
                when to_regclass('roster_user') is null
                    then 'finds no table roster_user with its search_path, ' || current_setting('search_path')
                else (select 'may not ' || string_agg(missing.right_of, ', ')
                        from (select wanted.verb || ' ' || t.relname
                                from tables t, unnest(t.rights) as wanted (verb)
                               where not has_table_privilege(t.oid, wanted.verb)
                              union all
                              select 'execute ' || f.proname
                                from functions f
                               where not has_function_privilege(f.oid, 'execute')) as missing (right_of))
                end""";

    private static final String SUPERUSER = "select rolname from pg_roles where rolname = current_user and rolsuper";

    private static final String HELD = """
            select from pg_locks l join pg_database d on d.oid = l.database
             where l.locktype = 'advisory' and d.datname = current_database()
               and l.classid::bigint << 32 | l.objid::bigint = ?""";

    private ApplicationRole() {}

    /// Creates or repairs the role of an embedded PostgreSQL, completely or, after a crash, not at all.
    public static void create(Connection superuser, DatabaseAddress application) throws SQLException {
        // Hashed here, so that PostgreSQL never receives the password and cannot log it.
        String password =
                PasswordUtil.encodeScramSha256(application.password().value().toCharArray());
        superuser.setAutoCommit(false);
        try (var statement = superuser.createStatement()) {
            statement.execute(CREATE.formatted(application.user(), password));
        }
        superuser.commit();
    }

    /// Grants the role exactly the rights that the application needs.
    ///
    /// @throws PostgresFailure if it has further rights from elsewhere
    public static void grant(Connection owner, String role) throws SQLException {
        owner.setAutoCommit(false);
        lock(owner, GRANTING);
        for (String grant : texts(owner, GRANTS, role)) {
            try (var statement = owner.createStatement()) {
                statement.execute(grant);
            }
        }
        for (String excess : texts(owner, EXCESS, role)) {
            throw new PostgresFailure("The role " + role + " of ROSTER_DATABASE_URL " + excess
                    + ": beside ROSTER_DATABASE_OWNER_URL, it must be a role that has no rights but those that Roster"
                    + " grants it.");
        }
        owner.commit();
    }

    /// Checks that the role of this connection has the rights that the application needs.
    ///
    /// @throws PostgresFailure if it has not
    public static void check(Connection application, DatabaseAddress address) throws SQLException {
        for (String missing : texts(application, MISSING, null)) {
            throw new PostgresFailure("The role " + address.user() + " of ROSTER_DATABASE_URL " + missing
                    + ". A start with ROSTER_DATABASE_OWNER_URL grants it what it needs; its search_path must have the"
                    + " schema of the owner's tables.");
        }
    }

    /// A role that is also the owner has more rights than serving requires, but it need not be a superuser.
    public static void warnOfSuperuser(Connection connection, DatabaseAddress address) throws SQLException {
        for (String name : texts(connection, SUPERUSER, null)) {
            LOG.warn(
                    "The role {} of ROSTER_DATABASE_URL is a superuser of the PostgreSQL at {}: it needs to be no more"
                            + " than the owner of its database.",
                    name,
                    address.place());
        }
    }

    /// Whether both connections lead to the same database, regardless of their addresses: one sees the lock of the
    /// other.
    public static boolean meet(Connection owner, Connection application) throws SQLException {
        owner.setAutoCommit(false);
        long random = new SecureRandom().nextLong();
        lock(owner, random);
        try (var statement = application.prepareStatement(HELD)) {
            statement.setLong(1, random);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        } finally {
            owner.rollback();
            owner.setAutoCommit(true);
        }
    }

    private static void lock(Connection connection, long key) throws SQLException {
        try (var statement = connection.prepareStatement("select pg_advisory_xact_lock(?)")) {
            statement.setLong(1, key);
            statement.execute();
        }
    }

    /// The first column of each row, without nulls.
    private static List<String> texts(Connection connection, String sql, @Nullable String parameter)
            throws SQLException {
        List<String> texts = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            if (parameter != null) {
                statement.setString(1, parameter);
            }
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    String text = rows.getString(1);
                    if (text != null) {
                        texts.add(text);
                    }
                }
            }
        }
        return texts;
    }
}
