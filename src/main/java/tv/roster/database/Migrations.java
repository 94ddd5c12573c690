package tv.roster.database;

import org.flywaydb.core.Flyway;

/// Brings the schema up to date, forward only; several nodes may start at once.
public final class Migrations {
    private Migrations() {}

    public static void run(DatabaseAddress address) {
        Flyway.configure()
                .dataSource(
                        address.jdbcUrl(), address.user(), address.password().value())
                .locations("classpath:db/migration")
                .javaMigrations(new EmailKeys())
                .validateMigrationNaming(true)
                .load()
                .migrate();
    }
}
