package tv.roster.attacks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.regex.Pattern;
import tv.roster.platform.database.session.DatabaseAddress;
import tv.roster.platform.database.session.DatabaseAddress.Password;
import tv.roster.testing.TestPostgres;

/// A database of its own with an owner and a role for the application, made by the statements of the guide.
record TwoRoles(DatabaseAddress administrator, DatabaseAddress owner, DatabaseAddress application) {
    private static final Path GUIDE = Path.of("docs/production.md");
    private static final Pattern STATEMENTS = Pattern.compile("(?ms)^```sql\\R(create role roster_owner .*?)^```$");

    static TwoRoles asTheGuideSays() {
        var server = TestPostgres.newDatabase();
        var name = "two_" + server.database();
        var owner = name + "_owner";
        var application = name + "_application";
        for (var statement : statements()) {
            run(
                    server,
                    statement
                            .replace("roster_owner", owner)
                            .replace("roster_application", application)
                            .replace("database roster", "database " + name));
        }
        return new TwoRoles(
                as(server, name, server.user(), server.password().value()),
                as(server, name, owner, "one password"),
                as(server, name, application, "another password"));
    }

    /// `create database` must be sent by itself.
    private static String[] statements() {
        try {
            var block = STATEMENTS.matcher(Files.readString(GUIDE));
            if (!block.find()) {
                throw new AssertionError("no statements in " + GUIDE);
            }
            return block.group(1).strip().split(";\\s*", -1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Runs a statement as the administrator of PostgreSQL.
    void run(String sql) {
        run(administrator, named(sql));
    }

    /// The words with the names of this database and its roles.
    String named(String words) {
        return words.replace("OWNER", owner.user())
                .replace("APPLICATION", application.user())
                .replace("DATABASE", owner.database());
    }

    private static void run(DatabaseAddress address, String sql) {
        try (var connection = TestPostgres.connect(address);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static DatabaseAddress as(DatabaseAddress server, String database, String user, String password) {
        return new DatabaseAddress(
                server.host(), server.port(), database, user, new Password(password), server.sslMode());
    }
}
