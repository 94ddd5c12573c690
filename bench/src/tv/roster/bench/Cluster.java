package tv.roster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// The embedded PostgreSQL of a data folder, while its server runs.
record Cluster(Path dataFolder) {
    static final String NAME = "roster";

    int port() throws IOException {
        return Integer.parseInt(line("postgresql-port"));
    }

    String password() throws IOException {
        return line("postgresql-password");
    }

    private String line(String file) throws IOException {
        return Files.readString(dataFolder.resolve(file)).strip();
    }

    /// The parent of all other processes of this PostgreSQL.
    long postmaster() throws IOException {
        return Long.parseLong(Files.readAllLines(dataFolder.resolve("postgresql/postmaster.pid"))
                .getFirst());
    }

    /// Its address in the form of the setting `ROSTER_DATABASE_URL`.
    String url() throws IOException {
        return "postgresql://" + NAME + ":" + password() + "@127.0.0.1:" + port() + "/" + NAME + "?sslmode=disable";
    }

    Connection connect() throws IOException, SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port() + "/" + NAME, NAME, password());
    }

    /// The first column of a query's first row, as text.
    String value(String sql) throws IOException, SQLException {
        try (var connection = connect();
                var rows = connection.createStatement().executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : "";
        }
    }
}
