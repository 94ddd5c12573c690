package tv.roster;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tv.roster.platform.database.schema.DatabaseRoles;
import tv.roster.platform.database.schema.Migrations;
import tv.roster.platform.database.schema.PendingMigrations;
import tv.roster.settings.Settings;

/// The command `migrate`: brings the schema up to date before the first server of a new version starts, which would
/// do the same.
@Command(
        name = MigrateCommand.NAME,
        description = {
            "Bring the database up to date with this version.",
            "",
            "A server does so when it starts. Run this command instead to choose the time. Servers of the version",
            "before go on meanwhile. It takes the same environment variables as ./roster serve (ROSTER_DATA,",
            "ROSTER_DATABASE_URL, ROSTER_DATABASE_OWNER_URL)."
        },
        footerHeading = "%nExample:%n",
        footer = "  ./roster migrate --dry-run")
final class MigrateCommand implements Callable<Integer> {
    static final String NAME = "migrate";

    private static final int LONGEST_LINE = 110;

    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--dry-run", description = "Print what would be done and what waits for it; change nothing.")
    private boolean dryRun;

    MigrateCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var settings = Settings.from(environment);
        try (var database = InstalledDatabase.of(settings)) {
            migrate(database.roles(), settings.database().patience());
        }
        return 0;
    }

    private void migrate(DatabaseRoles roles, Duration patience) {
        var before = PendingMigrations.of(roles, patience);
        if (dryRun) {
            outline(before);
            return;
        }
        Migrations.of(roles, patience).run();
        var after = PendingMigrations.of(roles, patience);
        int done = before.pending().size();
        print("The schema of %s has version %s; %s."
                .formatted(
                        after.place(), after.version(), done == 0 ? "nothing had to be done" : count(done) + " done"));
    }

    private void outline(PendingMigrations schema) {
        var version = schema.version();
        print("The schema of %s %s; %s to be done."
                .formatted(
                        schema.place(),
                        state(version, schema.newer()),
                        count(schema.pending().size())));
        for (var migration : schema.pending()) {
            print("");
            print(migration.version() + "  " + migration.description());
            if (migration.statements().isEmpty()) {
                print("    written in Java; the release notes describe it");
            }
            for (var statement : migration.statements()) {
                print("    " + shortened(statement.text()));
                print("        " + statement.lock());
            }
        }
        if (!schema.pending().isEmpty()) {
            print("");
            print("Each migration keeps its locks until it ends. Nothing was changed.");
        }
    }

    private static String state(@Nullable String version, boolean newer) {
        return version == null ? "is empty" : "has version " + version + (newer ? ", of a newer Roster" : "");
    }

    private static String count(int migrations) {
        return migrations == 1
                ? "1 migration is"
                : migrations == 0 ? "no migration is" : migrations + " migrations are";
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_LINE ? text : text.substring(0, LONGEST_LINE - 1) + "…";
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
    }
}
