package tv.roster;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tv.roster.access.ApiKeySecret;
import tv.roster.apikeys.AdminKeyRecovery;
import tv.roster.events.log.EventLines;
import tv.roster.platform.database.Database;
import tv.roster.platform.database.DatabaseClock;
import tv.roster.platform.database.schema.InstalledSchema;
import tv.roster.platform.database.session.DatabaseAddress;
import tv.roster.platform.database.session.PostgresFailure;
import tv.roster.platform.eventloop.EventLoops;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.settings.Settings;
import tv.roster.tenants.FirstStart;
import tv.roster.values.ids.Ids;

/// The command `admin-key`, which uses the database directly: whoever has lost every admin key cannot call the admin
/// API.
@Command(
        name = AdminKeyCommand.NAME,
        description = {
            "Create an admin key, if all others are lost or have expired.",
            "",
            "Run it on a machine of the server, with the same environment variables as ./roster serve (ROSTER_DATA,",
            "ROSTER_DATABASE_URL) and as the same user, while the server is running or stopped. The key works within",
            "a second. Only the key is printed on standard output."
        },
        footerHeading = "%nExample:%n",
        footer = "  export ROSTER_ADMIN_KEY=$(./roster admin-key)")
final class AdminKeyCommand implements Callable<Integer> {
    static final String NAME = "admin-key";

    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The name of the key; usually \"Recovered on\" and the name of this machine.")
    private @Nullable String name;

    AdminKeyCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        String wanted = name == null ? "Recovered on " + machine() : name;
        try {
            AdminKeyRecovery.checkName(wanted);
        } catch (InvalidValue refused) {
            throw new ParameterException(spec.commandLine(), "--name: " + refused.getMessage(), refused);
        }
        var settings = Settings.from(environment);
        try (var database = InstalledDatabase.of(settings)) {
            create(
                    database.roles().application(),
                    database.setting(),
                    settings.database().patience(),
                    wanted);
        }
        return 0;
    }

    private void create(DatabaseAddress address, String setting, Duration patience, String wanted) {
        InstalledSchema.demand(address, setting, patience);
        try (var parts = new Parts()) {
            var loops = parts.opened(new EventLoops(1));
            var database = parts.opened(new Database(loops, address, 1));
            database.warmUp();
            if (!FirstStart.isInstalled(database)) {
                throw new PostgresFailure("There is no installation in the database " + address.database()
                        + " yet: its first start has not been completed. Start the server.");
            }
            var clock = parts.opened(new DatabaseClock(database.housekeeping(), InstantSource.system()));
            print(AdminKeyRecovery.create(database, new EventLines(new Ids(clock), clock), wanted));
        }
    }

    private void print(ApiKeySecret key) {
        spec.commandLine().getOut().println(key.value());
        spec.commandLine()
                .getErr()
                .println("This admin key is shown only now. It works within a second: set ROSTER_ADMIN_KEY to it.");
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "this machine";
        }
    }
}
