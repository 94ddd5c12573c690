package tv.roster;

import org.jspecify.annotations.Nullable;
import tv.roster.platform.database.embedded.InstalledPostgres;
import tv.roster.platform.database.schema.DatabaseRoles;
import tv.roster.settings.Settings;

/// The database of an existing installation, for the duration of a command: one of the operator's own, or the embedded
/// PostgreSQL, whether the server is running or stopped.
///
/// @param setting where the operator specified it
record InstalledDatabase(
        DatabaseRoles roles, String setting, @Nullable InstalledPostgres embedded) implements AutoCloseable {
    /// @throws tv.roster.platform.database.session.PostgresFailure with one line for the operator
    static InstalledDatabase of(Settings settings) {
        var own = settings.database().roles();
        if (own.isPresent()) {
            return new InstalledDatabase(own.get(), "ROSTER_DATABASE_URL", null);
        }
        var embedded =
                InstalledPostgres.in(settings.dataFolder(), settings.database().patience());
        return new InstalledDatabase(embedded.roles(), "ROSTER_DATA", embedded);
    }

    /// Where the operator specified the owner.
    String ownersSetting() {
        return roles.areTwo() && embedded == null ? "ROSTER_DATABASE_OWNER_URL" : setting;
    }

    @Override
    public void close() {
        if (embedded != null) {
            embedded.close();
        }
    }
}
