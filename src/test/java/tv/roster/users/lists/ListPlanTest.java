package tv.roster.users.lists;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tv.roster.platform.database.schema.DatabaseRoles;
import tv.roster.platform.database.schema.Migrations;
import tv.roster.testing.TestPostgres;
import tv.roster.users.UserInclude;
import tv.roster.users.lists.UserSort.Order;
import tv.roster.users.values.RegistrationState;
import tv.roster.values.Cursor;
import tv.roster.values.ids.TenantId;

/// Page 1,000 costs what page 1 costs: shown by the plans of the very SQL that the server runs, over 200,000 users.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListPlanTest {
    private static final int PAGE = 100;
    private static final int LIMIT = PAGE + 1;
    private static final TenantId LARGE = new TenantId(new UUID(1, 1));
    private static final TenantId SMALL = new TenantId(new UUID(1, 2));

    /// $1: the tenant; $2: how many users; $3: one of how many is REGISTERED.
    private static final String USERS = """
            insert into roster_user (tenant_id, id, version, name, name_key, name_folded, email, email_key, telephone,
                telephone_digits, user_flags, external_id, registered_time, default_profile_id, updated_time)
            select ?, id, 1, name, lower(name), lower(name), email, email, '+' || digits, digits, flags, external_id,
                   registered_time, id, 1760000000 + (n::bigint * 7919) %% 10000000
              from (select n, (lpad(to_hex(1700000000000 + n * 500), 12, '0') || '70008' || lpad(to_hex(n), 15, '0'))::uuid
                              as id,
                           case when n %% 10 > 0 then (array['Anna', 'Bea', 'Ville', 'Zoë'])[1 + n %% 4] || ' '
                               || substr(md5(n::text), 1, 12) end as name,
                           case when n %% 3 > 0 then md5('e' || n) || '@example.com' end as email,
                           case when n %% 2 > 0 then '35840' || lpad(n::text, 7, '0') end as digits,
                           case when n %% 3 > 0 then md5('x' || n) end as external_id,
                           case when n %% 2000 = 1999 then array['LOGIN_RESTRICTED']
                                when n %% 5 = 0 then array['GOLD'] else '{}' end as flags,
                           case when n %% ? = 0 then 1740000000 + (n::bigint * 104729) %% 10000000 end as registered_time
                      from generate_series(1, ?) n) generated""".replace("%%", "%");

    private Connection connection;

    @BeforeAll
    void createUsers() throws SQLException {
        var address = TestPostgres.newDatabase();
        Migrations.of(DatabaseRoles.one(address), Duration.ZERO).run();
        connection = TestPostgres.connect(address);
        try (var statement = connection.createStatement()) {
            statement.execute("set work_mem = '64MB'");
            statement.execute("insert into tenant (id, slug, name, updated_time) values ('" + LARGE.value()
                    + "', 'large', 'L', 0), ('" + SMALL.value() + "', 'small', 'S', 0)");
        }
        withoutIndexes(() -> {
            insert(LARGE, 200_000, 2);
            insert(SMALL, 20_000, 1000);
        });
        try (var statement = connection.createStatement()) {
            statement.execute("vacuum analyze roster_user");
        }
    }

    private interface Work {
        void run() throws SQLException;
    }

    /// Many rows come in faster before their indexes do.
    private void withoutIndexes(Work work) throws SQLException {
        var indexes = new ArrayList<String>();
        try (var statement = connection.createStatement()) {
            try (var rows = statement.executeQuery("select indexname, indexdef from pg_indexes"
                    + " where tablename = 'roster_user' and indexname <> 'roster_user_pkey'")) {
                while (rows.next()) {
                    indexes.add("drop index " + rows.getString(1));
                    indexes.add(rows.getString(2));
                }
            }
            for (int drop = 0; drop < indexes.size(); drop += 2) {
                statement.execute(indexes.get(drop));
            }
            work.run();
            for (int create = 1; create < indexes.size(); create += 2) {
                statement.execute(indexes.get(create));
            }
        }
    }

    private void insert(TenantId tenant, int users, int registered) throws SQLException {
        try (var insert = connection.prepareStatement(USERS)) {
            insert.setObject(1, tenant.value());
            insert.setInt(2, registered);
            insert.setInt(3, users);
            insert.execute();
        }
    }

    @AfterAll
    void close() throws SQLException {
        connection.close();
    }

    private PlanCost cost(
            TenantId tenant, List<UserFilter> filters, Order order, UserInclude include, Cursor from, boolean back)
            throws SQLException {
        var cost = PlanCost.NOTHING;
        for (var part : UserListing.parts(order, from, back)) {
            if (cost.found() < LIMIT) {
                var listing = new UserListing(tenant, filters).range(order, part, from, back, LIMIT - cost.found());
                cost = cost.plus(
                        PlanCost.explained(connection, UserListTable.listSql(listing, include), listing.parameters()));
            }
        }
        return cost;
    }

    private void planBy(String mode) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("set plan_cache_mode = " + mode);
        }
    }

    /// The place behind this many users.
    private Cursor placeAfter(Order order, int users) throws SQLException {
        var column =
                order.sort() == UserSort.CREATED_TIME ? "null" : order.sort().column();
        var direction = order.descending() ? " desc" : "";
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select u.id, " + column + " from roster_user u where u.tenant_id = '"
                        + LARGE.value() + "' order by "
                        + (column.equals("null") ? "" : column + direction + " nulls last, ")
                        + "u.id" + direction + " limit 1 offset " + (users - 1))) {
            rows.next();
            return new Cursor(rows.getString(2), rows.getObject(1, UUID.class));
        }
    }

    static Stream<Arguments> sorts() {
        return Arrays.stream(UserSort.values())
                .flatMap(sort -> Stream.of(true, false)
                        .flatMap(descending -> Stream.of("force_generic_plan", "force_custom_plan")
                                .map(mode -> Arguments.of(sort, descending, mode))));
    }

    @ParameterizedTest
    @MethodSource("sorts")
    void noPageOfASortReadsOrSortsMoreThanItNeeds(UserSort sort, boolean descending, String mode) throws SQLException {
        planBy(mode);
        var order = new Order(sort, descending);
        var first = cost(LARGE, List.of(), order, UserInclude.NOTHING, null, false);
        isSmall(first);
        for (int users : new int[] {99_900, 190_000}) {
            for (boolean back : new boolean[] {false, true}) {
                var far = cost(LARGE, List.of(), order, UserInclude.NOTHING, placeAfter(order, users), back);
                isSmall(far);
                assertThat(far.blocks()).isLessThan(2 * first.blocks() + 200);
            }
        }
    }

    private static void isSmall(PlanCost cost) {
        assertThat(cost.found()).as(cost.toString()).isEqualTo(LIMIT);
        assertThat(cost.read()).as(cost.toString()).isLessThanOrEqualTo(LIMIT + 2);
        assertThat(cost.sorted()).as(cost.toString()).isZero();
        assertThat(cost.blocks()).as(cost.toString()).isLessThan(6 * LIMIT);
    }

    @ParameterizedTest
    @EnumSource(UserInclude.class)
    void includedProfilesCostALookupEach(UserInclude include) throws SQLException {
        planBy("force_generic_plan");
        var cost = cost(LARGE, List.of(), Order.OLDEST_FIRST, include, null, false);
        assertThat(cost.read()).isLessThanOrEqualTo(LIMIT + 2);
        assertThat(cost.blocks()).isLessThan(6 * LIMIT);
    }

    static List<Arguments> filters() {
        var few = new ArrayList<Arguments>();
        for (var tenant : List.of(LARGE, SMALL)) {
            few.add(Arguments.of(tenant, new UserFilter.State(Set.of(RegistrationState.REGISTERED))));
            few.add(Arguments.of(tenant, new UserFilter.State(Set.of(RegistrationState.UNREGISTERED))));
            few.add(Arguments.of(tenant, new UserFilter.Flags(List.of("GOLD"))));
            few.add(Arguments.of(tenant, new UserFilter.Flags(List.of("LOGIN_RESTRICTED"))));
            few.add(Arguments.of(tenant, new UserFilter.Telephone(List.of("358400000001", "358400000003"))));
            few.add(Arguments.of(tenant, new UserFilter.Email(List.of("nobody@example.com"))));
            few.add(Arguments.of(tenant, new UserFilter.External(List.of("x", "y", "z"))));
            few.add(Arguments.of(tenant, new UserFilter.Id(List.of(new UUID(0, 0), new UUID(0, 1)))));
            few.add(Arguments.of(tenant, new UserFilter.NameContains(List.of("anna"))));
            few.add(Arguments.of(tenant, new UserFilter.NameContains(List.of("vi"))));
            few.add(Arguments.of(tenant, new UserFilter.NameContains(List.of("c4ca4238a0"))));
            few.add(Arguments.of(tenant, new UserFilter.NameContains(List.of("c4ca4238", "xyz"))));
            for (var text :
                    List.of("anna", "c4ca4238a0", "example.com", "358400123457", "40012 3457", "nobody at all")) {
                few.add(Arguments.of(tenant, new UserFilter.Search(SearchText.parse(text), true)));
            }
            few.add(Arguments.of(tenant, new UserFilter.CreatedSince(1_700_009_000)));
            few.add(Arguments.of(tenant, new UserFilter.UpdatedSince(1_760_000_000)));
            few.add(Arguments.of(tenant, new UserFilter.UpdatedSince(1_769_999_000)));
        }
        return few;
    }

    @ParameterizedTest
    @MethodSource("filters")
    void aFilterReadsWithinASmallFactorOfItsPage(TenantId tenant, UserFilter filter) throws SQLException {
        planBy("auto");
        var cost = cost(tenant, List.of(filter), Order.OLDEST_FIRST, UserInclude.NOTHING, null, false);
        assertThat(cost.read()).as(filter + " " + cost).isLessThanOrEqualTo(8 * LIMIT);
        assertThat(cost.sorted()).as(filter + " " + cost).isLessThanOrEqualTo(3 * LIMIT);
        assertThat(cost.blocks()).as(filter + " " + cost).isLessThan(20 * LIMIT);
    }
}
