package tv.roster.settings;

import java.time.Duration;
import java.util.Optional;
import tv.roster.platform.database.schema.DatabaseRoles;
import tv.roster.platform.database.session.DatabaseAddress;

/// Which PostgreSQL is used, and how.
///
/// @param roles       empty for the embedded PostgreSQL
/// @param patience    how long a start waits for it
/// @param connections the number of pipelined connections
public record DatabaseSettings(Optional<DatabaseRoles> roles, Duration patience, int connections) {
    static DatabaseSettings read(Environment environment) {
        return new DatabaseSettings(
                roles(environment),
                Duration.ofSeconds(environment.read(Setting.DATABASE_WAIT, SettingRules.number(0, 3_600))),
                environment.read(Setting.DATABASE_CONNECTIONS, SettingRules.number(1, 64)));
    }

    private static Optional<DatabaseRoles> roles(Environment environment) {
        var application = environment.given(Setting.DATABASE_URL, DatabaseAddress::parse);
        var owner = environment.given(Setting.DATABASE_OWNER_URL, url -> {
            var address = DatabaseAddress.parse(url);
            SettingRules.require(
                    application.stream().noneMatch(other -> other.user().equals(address.user())),
                    "must name another role than ROSTER_DATABASE_URL");
            return address;
        });
        if (owner.isPresent()) {
            environment.demand(Setting.DATABASE_URL, Setting.DATABASE_OWNER_URL);
        }
        return application.map(address -> new DatabaseRoles(owner.orElse(address), address));
    }
}
