package tv.roster.platform.database.backup;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// A table of the schema, with the columns that are stored, in the order of their names. Partitions belong to their
/// table; the history of the migrations is no data.
record Table(String name, List<String> columns) {
    private static final String ALL = """
            select c.relname, array_agg(a.attname::text) as columns
              from pg_class c
              join pg_attribute a on a.attrelid = c.oid
             where c.relnamespace = (select h.relnamespace from pg_class h
                                      where h.oid = to_regclass('flyway_schema_history'))
               and c.relname <> 'flyway_schema_history'
               and c.relkind in ('r', 'p') and not c.relispartition
               and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
             group by c.relname""";

    Table {
        columns = columns.stream().sorted().toList();
    }

    /// All tables where the search path finds the schema, in the order of their names.
    static List<Table> all(Connection connection) throws SQLException {
        var tables = new ArrayList<Table>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(ALL)) {
            while (rows.next()) {
                var columns = (String[]) rows.getArray("columns").getArray();
                tables.add(new Table(rows.getString("relname"), Arrays.asList(columns)));
            }
        }
        tables.sort(Comparator.comparing(Table::name));
        return tables;
    }

    String copyOut() {
        return "copy (select " + columnNames() + " from " + quoted(name) + ") to stdout";
    }

    String copyIn() {
        return "copy " + quoted(name) + " (" + columnNames() + ") from stdin";
    }

    private String columnNames() {
        return columns.stream().map(Table::quoted).collect(Collectors.joining(", "));
    }

    static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
