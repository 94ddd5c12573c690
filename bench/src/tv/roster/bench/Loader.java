package tv.roster.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import tv.roster.bench.Numbers.Kind;
import tv.roster.bench.Numbers.Range;
import tv.roster.users.LoadedName;

/// Fills the database with users as after years of operation, with `generate_series` in the database.
public final class Loader {
    private static final long BATCH = 100_000;
    private static final String[] FIRST_NAMES =
            ("Aino Eino Sofia Leo Olivia Väinö Helmi Onni Anna Antti Maria Juhani Åsa Björn José Zoë Łukasz Chloé Mikko "
                            + "Emilia Noah Emma Liam Ida Oskar Elsa Hugo Alma Lucas Ella Nils Saga Axel Ebba Emil Linnéa Jan Eva Petr Marta")
                    .split(" ");
    private static final String[] LAST_NAMES =
            ("Korhonen Virtanen Mäkinen Nieminen Mäkelä Hämäläinen Laine Heikkinen Koskinen Järvinen Lehtonen Müller "
                            + "Schmidt Østergård Nielsen Jensen Andersson Johansson García Fernández Nguyễn Kowalski Nowák Dvořák O'Brien "
                            + "Smith Jones Taylor Brown Silva Santos Rossi Bianchi Dubois Moreau Ivanova Papadopoulos Yılmaz Öztürk")
                    .split(" ");

    /// `keys` gives each user its row number and key; everything else follows from them.
    private static final String USERS = """
            insert into roster_user (tenant_id, id, version, name, name_key, name_folded, email, email_key, telephone,
                telephone_digits, user_flags, external_id, registered_time, password_hash, default_profile_id, updated_time)
            select ?::uuid, ('%1$s' || k || '%2$s')::uuid, 1, f[a] || ' ' || l[b], fk[a] || ' ' || lk[b],
                   ff[a] || ' ' || lf[b], '%5$s.' || k || '@mail.example.com', '%5$s.' || k || '@mail.example.com',
                   '+358 4' || substr(k::text, 2, 1) || ' ' || substr(k::text, 3, 3) || ' ' || substr(k::text, 6, 4),
                   '3584' || substr(k::text, 2, 8), case i %% 33 when 0 then '{LOGIN_RESTRICTED}'::text[] else '{}' end,
                   '%4$s-' || k, case when i %% 5 > 0 then seconds + 600 end,
                   case when i %% 5 > 0 then '$argon2id$v=19$m=19456,t=2,p=1$' || md5(k::text) || '$'
                       || md5(i::text) || md5(k::text) end,
                   ('%1$s' || k || '%3$s')::uuid, seconds + 600
              from (select i, k, ('x%1$s' || k)::bit(48)::bigint / 1000 as seconds,
                           1 + (i * 7 %% cardinality(?::text[]))::int as a, 1 + (i * 11 %% cardinality(?::text[]))::int as b
                      from (select i, ?::bigint + i * ?::bigint as k from generate_series(?::bigint, ?::bigint) i)) keys,
                   (select ?::text[] as f, ?::text[] as fk, ?::text[] as ff, ?::text[] as l, ?::text[] as lk,
                           ?::text[] as lf) names
            """;

    private static final String PROFILES = """
            insert into user_profile (tenant_id, id, user_id, name)
            select u.tenant_id, u.default_profile_id, u.id, left(u.name, 64)
              from roster_user u where u.tenant_id = ? and u.id between ? and ?""";

    private static final String EVENTS = """
            insert into user_event (tenant_id, id, time, kind, user_id, version, address, request_id, after)
            select u.tenant_id, overlay(u.id::text placing '%s' from 15 for 4)::uuid, to_timestamp(u.updated_time),
                   'user.created', u.id, 1, '192.0.2.1', md5(u.external_id),
                   jsonb_build_object('version', 1, 'name', u.name, 'user_flags', u.user_flags, 'email', u.email,
                       'telephone_number_E123', u.telephone, 'external_id', u.external_id,
                       'registration_time', u.registered_time, 'default_user_profile', u.default_profile_id,
                       'password_set', false)
              from roster_user u where u.tenant_id = ? and u.id between ? and ?""".formatted(Kind.EVENT.digits());

    /// Which users `u` an import has added.
    static final String IMPORTED = "u.external_id >= 'IMP-' and u.external_id < 'IMP.'";

    private final Connection connection;
    private final UUID tenant;

    public Loader(Connection connection, UUID tenant) {
        this.connection = connection;
        this.tenant = tenant;
    }

    /// Loads the users of a benchmark, then creates the indexes and collects statistics.
    public void load(long users, Consumer<String> progress) throws SQLException {
        execute("set synchronous_commit = off");
        // The rows satisfy the foreign keys by construction; checking each would double the time.
        execute("set session_replication_role = replica");
        var indexes = definitions();
        for (var index : indexes) {
            execute("drop index " + index.name());
        }
        for (long from = 0; from < users; from += BATCH) {
            insert(Range.LOADED, from, Math.min(from + BATCH, users) - 1, Numbers.step(users), 0);
            progress.accept(String.format(Locale.ROOT, "%,d users", Math.min(from + BATCH, users)));
        }
        for (var index : indexes) {
            progress.accept("index " + index.name());
            execute(index.definition());
        }
        execute("set session_replication_role = origin");
        // Otherwise the server would delete the events, whose times are in the past.
        execute("update tenant set settings = settings || '{\"event_retention_days\": 3650}' where id = '" + tenant
                + "'");
        settle();
    }

    /// Adds users for a run to delete, with keys from [Numbers#FIRST_KEY]; those of earlier runs are deleted.
    public void addVictims(long users, long run) throws SQLException {
        removeLeftovers();
        execute("set synchronous_commit = off");
        insert(Range.VICTIM, 0, users - 1, 1, run);
    }

    /// Deletes the users that runs have added to the loaded ones.
    public void removeLeftovers() throws SQLException {
        for (var range : List.of(Range.CREATED, Range.VICTIM)) {
            try (var statement = connection.prepareStatement(
                    "delete from roster_user where tenant_id = ? and external_id >= ? and external_id < ?")) {
                statement.setObject(1, tenant);
                statement.setString(2, range.externalId() + "-");
                statement.setString(3, range.externalId() + ".");
                statement.executeUpdate();
            }
        }
    }

    /// Deletes the users that an import has added, with their profiles and events.
    public void removeImported() throws SQLException {
        execute("set session_replication_role = replica");
        execute("delete from user_profile p using roster_user u"
                + " where p.tenant_id = u.tenant_id and p.user_id = u.id and " + IMPORTED);
        execute("delete from user_event e using roster_user u"
                + " where e.tenant_id = u.tenant_id and e.user_id = u.id and " + IMPORTED);
        execute("delete from roster_user u where " + IMPORTED);
        execute("delete from import");
        execute("set session_replication_role = origin");
    }

    /// The name of a user, by the number of its row.
    static String name(long row) {
        return FIRST_NAMES[(int) (row * 7 % FIRST_NAMES.length)] + " "
                + LAST_NAMES[(int) (row * 11 % LAST_NAMES.length)];
    }

    /// Leaves no work for autovacuum and the checkpointer during measurements, and reads the users into
    /// PostgreSQL's buffers, where they would be on a server that has been running for a while.
    public void settle() throws SQLException {
        execute("vacuum (analyze)");
        execute("checkpoint");
        execute("create extension if not exists pg_prewarm");
        // If not everything fits, the buffers keep what was read last.
        execute("select pg_prewarm(indexrelid) from pg_index where indrelid = 'roster_user'::regclass");
        execute("select pg_prewarm('roster_user'), pg_prewarm('roster_user_pkey')");
    }

    private record Index(String name, String definition) {}

    /// The indexes that do not belong to a constraint.
    private List<Index> definitions() throws SQLException {
        var indexes = new ArrayList<Index>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
                          from pg_index i
                         where i.indrelid in ('roster_user'::regclass, 'user_profile'::regclass, 'user_event'::regclass)
                           and not exists (select from pg_constraint c where c.conindid = i.indexrelid)""")) {
            while (rows.next()) {
                indexes.add(new Index(rows.getString(1), rows.getString(2)));
            }
        }
        return indexes;
    }

    private void insert(Range range, long from, long to, long step, long run) throws SQLException {
        var sql = USERS.formatted(
                range.firstDigits(),
                Numbers.lastDigits(Kind.USER, run),
                Numbers.lastDigits(Kind.PROFILE, run),
                range == Range.LOADED ? range.externalId() : range.externalId() + "-" + run,
                range == Range.LOADED ? "subscriber" : "victim." + run);
        try (var statement = connection.prepareStatement(sql)) {
            statement.setObject(1, tenant);
            statement.setObject(2, FIRST_NAMES);
            statement.setObject(3, LAST_NAMES);
            statement.setLong(4, Numbers.FIRST_KEY);
            statement.setLong(5, step);
            statement.setLong(6, from);
            statement.setLong(7, to);
            int at = 8;
            for (var names : List.of(FIRST_NAMES, LAST_NAMES)) {
                statement.setObject(at++, names);
                statement.setObject(at++, LoadedName.sortKeys(names));
                statement.setObject(at++, LoadedName.folded(names));
            }
            statement.executeUpdate();
        }
        for (var followUp : List.of(PROFILES, EVENTS)) {
            try (var statement = connection.prepareStatement(followUp)) {
                statement.setObject(1, tenant);
                statement.setObject(2, Numbers.id(range, Numbers.FIRST_KEY + from * step, Kind.USER, run));
                statement.setObject(3, Numbers.id(range, Numbers.FIRST_KEY + to * step, Kind.USER, run));
                statement.executeUpdate();
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
