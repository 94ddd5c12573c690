package tv.roster.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.TestPostgres;

/// Every column of the database is declared once: as personal data, or with the reason why it is not.
class DeclaredDataTest {
    private static final String COLUMNS = """
            select c.table_name || '.' || c.column_name
              from information_schema.columns c
              join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
             where c.table_schema = current_schema() and t.table_type = 'BASE TABLE'
               and c.table_name <> 'flyway_schema_history'""";

    private static List<String> declared() {
        return Stream.concat(
                        PersonalData.ALL.stream().map(data -> data.table() + "." + data.column()),
                        OtherData.ALL.stream()
                                .flatMap(data -> Stream.of(data.columns().split(" "))
                                        .map(column -> data.table() + "." + column)))
                .toList();
    }

    private static void compare(Connection connection) throws SQLException {
        var columns = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(COLUMNS)) {
            while (rows.next()) {
                columns.add(rows.getString(1));
            }
        }
        assertThat(declared())
                .as("the columns that PersonalData or OtherData declares, and those of the database; declare a new one"
                        + " in PersonalData if it holds anything about a subscriber, otherwise in OtherData")
                .containsExactlyInAnyOrderElementsOf(columns);
    }

    @Test
    void everyColumnIsDeclaredOnceAndEveryDeclaredColumnExists() throws SQLException {
        try (var connection = TestPostgres.connect(TestServer.shared().database())) {
            compare(connection);
        }
    }

    @Test
    void aColumnThatSomebodyAddsHasToBeDeclared() throws SQLException {
        try (var connection = TestPostgres.connect(TestServer.shared().database());
                var statement = connection.createStatement()) {
            // Not committed, so that nobody else sees it.
            connection.setAutoCommit(false);
            statement.execute("create table visitor (shoe_size integer)");
            assertThatThrownBy(() -> compare(connection)).hasMessageContaining("visitor.shoe_size");
            connection.rollback();
        }
    }
}
