package tv.roster.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tv.roster.events.EventStatements;
import tv.roster.users.UserInclude;
import tv.roster.users.lists.SearchText;
import tv.roster.users.lists.UserFilter;
import tv.roster.users.lists.UserListTable;
import tv.roster.users.lists.UserListing;
import tv.roster.users.lists.UserSort;
import tv.roster.values.Cursor;
import tv.roster.values.ids.TenantId;

/// Every statement has the form that a PostgreSQL distributed by tenant can run. Each table that it reads or writes is
/// asked for the rows of one tenant, which is a parameter: shown by PostgreSQL's plan of it. Citus sends a statement to
/// one machine for the same conditions.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DistributedStatementsTest {
    /// What the server does for all tenants, in the background or for the operator.
    private static final Set<String> ACROSS_TENANTS = Set.of(
            "AccountLinksTable.SWEEP",
            "AssignmentsTable.ANY",
            "AssignmentsTable.CLAIM",
            "AssignmentsTable.OWN",
            "AssignmentsTable.RELEASE",
            "CredentialChecksTable.SWEEP",
            "DeletedUsersTable.FORGET",
            "DeletedUsersTable.PURGE",
            "EventsTable",
            "FeedWatchTable.WITH_NEWS",
            "IdempotencyTable.CLEAR",
            "ImportLeftoversTable.EXPIRE",
            "ImportLeftoversTable.UNCLEARED",
            "ImportQueueTable.BACKLOG",
            "ImportQueueTable.DUE",
            "MailQueueTable.BACKLOG",
            "MailQueueTable.DUE",
            "MailQueueTable.SWEEP",
            "MailQueueTable.WAITING",
            "MailQueueTable.WAITING_ONE",
            "OverviewTable.ENDPOINTS_OF_ALL",
            "OverviewTable.USERS_OF_ALL",
            "OverviewTable.WORK_OF_ALL",
            "SealedSecretsTable.ALL");

    private static final Pattern TENANT = Pattern.compile("\\btenant_id = \\$\\d+");
    private static final TenantId SOME_TENANT = new TenantId(new UUID(1, 1));

    private StatementPlans plans;
    private Set<String> distributed;

    @BeforeAll
    void migrate() throws SQLException {
        plans = new StatementPlans();
        distributed = distributedTables();
    }

    @AfterAll
    void close() throws SQLException {
        plans.close();
    }

    /// Those whose primary key begins with the tenant, as ops/citus/distribute.sql has it.
    private Set<String> distributedTables() throws SQLException {
        var names = new HashSet<String>();
        try (var statement = plans.connection().createStatement();
                var rows = statement.executeQuery("""
                        select c.relname from pg_index i
                          join pg_class c on c.oid = i.indrelid and c.relnamespace = 'public'::regnamespace
                          join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
                         where i.indisprimary and a.attname = 'tenant_id'""")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static Map<String, String> statements() throws ReflectiveOperationException, IOException {
        var all = new TreeMap<>(DeclaredStatements.all());
        for (var filter : List.of(
                new UserFilter.NameContains(List.of("anna")),
                new UserFilter.Flags(List.of("GOLD")),
                new UserFilter.Search(SearchText.parse("0401"), true),
                new UserFilter.Search(SearchText.parse("anna virtanen"), false))) {
            for (var sort : UserSort.values()) {
                for (var include : UserInclude.values()) {
                    var order = new UserSort.Order(sort, false);
                    var range = new UserListing(SOME_TENANT, List.of(filter))
                            .range(order, UserListing.Part.WITH_KEY, new Cursor("1", new UUID(1, 2)), false, 10);
                    all.put("UserListTable." + filter + sort + include, UserListTable.listSql(range, include));
                }
            }
        }
        all.putAll(EventStatements.all());
        return all;
    }

    private static boolean isAcrossTenants(String name) {
        return ACROSS_TENANTS.contains(name) || ACROSS_TENANTS.contains(name.split("\\.", 2)[0]);
    }

    @Test
    void theTablesOfTenantsAreKnown() {
        assertThat(distributed)
                .contains(
                        "roster_user",
                        "user_profile",
                        "user_event",
                        "account_link",
                        "mail",
                        "wrong_password",
                        "idempotency_key")
                .doesNotContain("tenant", "api_key", "admin_event", "installation");
    }

    @Test
    void everyStatementCanBeDistributed() throws Exception {
        var statements = statements();
        assertThat(statements).hasSizeGreaterThan(60);
        var faults = new ArrayList<String>();
        for (var statement : statements.entrySet()) {
            var across = isAcrossTenants(statement.getKey());
            for (var fault : faults(statement.getValue(), across)) {
                faults.add(statement.getKey() + ": " + fault);
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void onlyWhatNeedsToIsExemptFromNamingATenant() throws Exception {
        var needless = new TreeSet<>(ACROSS_TENANTS);
        for (var statement : statements().entrySet()) {
            if (isAcrossTenants(statement.getKey())
                    && !scansOfAllTenants(statement.getValue()).isEmpty()) {
                needless.remove(statement.getKey());
                needless.remove(statement.getKey().split("\\.", 2)[0]);
            }
        }
        assertThat(needless).isEmpty();
    }

    /// What earlier builds sent, which Citus rejected, or ran to another end.
    @ParameterizedTest
    @ValueSource(strings = {"""
                with gone as (delete from roster_user u where u.tenant_id = $1 and u.id = $2 returning u.*)
                select u.version, (select true from gone) as deleted
                  from roster_user u where u.tenant_id = $1 and u.id = $2""", """
                select u.id, (select count(*) from user_profile p where p.tenant_id = u.tenant_id and p.user_id = u.id)
                  from roster_user u where u.external_id = $1""", """
                with changed as (select 1)
                update installation set access_version = access_version + 1 where exists (select from changed)
                returning pg_notify('roster_access', '')""", """
                insert into wrong_password as w (tenant_id, subject, times, last_time) values ($1, $2, array[$3::bigint], $3)
                on conflict (tenant_id, subject) do update
                   set times = array(select t from unnest(w.times) as t where t > $4) where w.last_time < $3
                returning w.subject""", """
                with changed as (update roster_user u set version = 1 where u.tenant_id = $1 returning u.tenant_id, u.id)
                delete from wrong_password w using changed c where w.tenant_id = c.tenant_id and w.subject = c.id""", """
                with made as (insert into roster_user (tenant_id, id, version, user_flags, default_profile_id,
                    updated_time)
                        values ($1, $2, 1, '{}', $2, 0) returning *)
                insert into user_event (id, time, kind, tenant_id, user_id)
                select $3, now(), 'user.created', u.tenant_id, u.id from made u"""})
    void formsThatCannotBeDistributedAreFound(String statement) throws SQLException {
        assertThat(faults(statement.strip(), false)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select q.id from mail q where q.status = 'queued' order by q.due_time limit 1 for update skip locked",
                """
                select e.id from unnest($1::uuid[]) as h (id)
                  cross join lateral (select e.id from user_event e where e.tenant_id = h.id limit $2) e"""
            })
    void formsThatCannotRunAcrossTenantsAreFound(String statement) throws SQLException {
        assertThat(faults(statement.strip(), true)).isNotEmpty();
    }

    private List<String> faults(String statement, boolean acrossTenants) throws SQLException {
        var text = new StatementText(statement, distributed);
        var faults = text.faults(this::isVolatile);
        if (acrossTenants) {
            faults.addAll(text.faultsAcrossTenants());
        } else {
            scansOfAllTenants(statement).forEach(table -> faults.add("reads " + table + " of all tenants"));
        }
        return faults;
    }

    private boolean isVolatile(String function) {
        try (var query = plans.connection()
                .prepareStatement(
                        "select from pg_proc p where p.proname = ? and p.provolatile = 'v' and p.prokind = 'f'")) {
            query.setString(1, function);
            try (var rows = query.executeQuery()) {
                return rows.next();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> scansOfAllTenants(String sql) throws SQLException {
        var tables = new ArrayList<String>();
        scans(plans.of(sql), tables);
        return tables;
    }

    private void scans(JsonNode node, List<String> tables) {
        var table = node.at("/Relation Name").asString();
        if (node.at("/Node Type").asString().endsWith("Scan") && distributed.contains(table)) {
            var conditions = node.at("/Index Cond").asString()
                    + node.at("/Filter").asString()
                    + node.at("/Recheck Cond").asString();
            if (!TENANT.matcher(conditions).find()) {
                tables.add(table);
            }
        }
        node.at("/Plans").forEach(child -> scans(child, tables));
    }
}
