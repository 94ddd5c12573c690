package tv.roster.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/// A session keeps the plan of a statement from its first calls, when the tables of a new installation are empty, until
/// PostgreSQL analyzes them, minutes after many users have arrived. Such a plan, too, must not compare all rows of a
/// tenant with all those that a call names: a statement that takes milliseconds would take hours.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EarlyPlansTest {
    private static final Pattern OF_MANY_ROWS = Pattern.compile("unnest\\(|any\\(|limit ");
    private static final Pattern ONLY_TENANT = Pattern.compile("\\(tenant_id = [^ ]+\\)");

    /// Join few rows: a changed profile, the flags that are taken from a catalogue; or delete mails of long ago.
    private static final Set<String> FEW_ROWS =
            Set.of("MailQueueTable.SWEEP", "ProfilesTable.CHANGE", "TenantsTable.FLAGS_IN_USE");

    private StatementPlans plans;

    @BeforeAll
    void migrate() throws SQLException {
        plans = new StatementPlans();
    }

    @AfterAll
    void close() throws SQLException {
        plans.close();
    }

    @Test
    void noStatementOfManyRowsJoinsThemWithAllRowsOfATenant() throws Exception {
        var found = new ArrayList<String>();
        for (var statement : DeclaredStatements.all().entrySet()) {
            if (OF_MANY_ROWS.matcher(statement.getValue()).find() && !FEW_ROWS.contains(statement.getKey())) {
                for (var scan : joinedScans(statement.getValue())) {
                    found.add(statement.getKey() + ": " + scan);
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void suchAStatementIsFound() throws SQLException {
        assertThat(joinedScans("""
                        with leaving as (
                            select u.id, row_number() over (order by u.id) as place
                              from (select u.id from roster_user u where u.tenant_id = $1 order by u.id limit $2) u
                        )
                        delete from roster_user u using leaving l where u.tenant_id = $1 and u.id = l.id""")).isNotEmpty();
    }

    private List<String> joinedScans(String sql) throws SQLException {
        var found = new ArrayList<String>();
        joinedScans(plans.of(sql), false, found);
        return found;
    }

    /// Scans below a nested loop that read all rows of a tenant, and not only the first of them.
    private static void joinedScans(JsonNode node, boolean joined, List<String> found) {
        var type = node.at("/Node Type").asString();
        if (type.equals("Limit") || node.at("/Parent Relationship").asString().equals("InitPlan")) {
            return;
        }
        var condition = node.at("/Index Cond").asString();
        if (joined && node.has("Index Name") && ONLY_TENANT.matcher(condition).matches()) {
            found.add(type + " on " + node.at("/Relation Name").asString() + " " + condition);
        }
        node.at("/Plans").forEach(child -> joinedScans(child, joined || type.equals("Nested Loop"), found));
    }
}
