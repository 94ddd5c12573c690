package tv.roster.platform.database.schema;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/// A schema with migrations that this server does not have. It can run on it nevertheless, since migrations only add to
/// a schema, unless one of them was a contract step: its name says which migration a server must have, and the history
/// of the schema keeps it, as in `V020__contract_needs_017_drop_nickname`.
///
/// @param version the newest migration
/// @param needed  the migration that a server must have; null if any server can run on the schema
/// @param own     the newest migration of this server
record NewerSchema(MigrationVersion version, @Nullable MigrationVersion needed, MigrationVersion own) {
    /// The description of a contract step, in which Flyway has replaced the underscores of its name.
    private static final Pattern CONTRACT = Pattern.compile("contract needs (\\d+)\\b.*");

    /// Empty if this server has all migrations of the schema.
    static Optional<NewerSchema> of(MigrationInfoService history) {
        return newest(unknown(history).map(MigrationInfo::getVersion))
                .map(version -> new NewerSchema(
                        version,
                        newest(unknown(history).flatMap(NewerSchema::needed)).orElse(null),
                        newest(Arrays.stream(history.all())
                                        .filter(migration ->
                                                migration.getState().isResolved())
                                        .map(MigrationInfo::getVersion))
                                .orElse(MigrationVersion.EMPTY)));
    }

    private static Stream<MigrationInfo> unknown(MigrationInfoService history) {
        return Arrays.stream(history.applied())
                .filter(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS);
    }

    private static Stream<MigrationVersion> needed(MigrationInfo migration) {
        var contract = CONTRACT.matcher(migration.getDescription());
        return contract.matches() ? Stream.of(MigrationVersion.fromVersion(contract.group(1))) : Stream.empty();
    }

    private static Optional<MigrationVersion> newest(Stream<MigrationVersion> versions) {
        return versions.max(Comparator.naturalOrder());
    }

    boolean admitsThisServer() {
        return needed == null || own.isAtLeast(needed.getVersion());
    }

    /// Continues a sentence about a database.
    String refusal() {
        return "has the schema of a newer Roster (" + version + "), which needs a server with migration " + needed
                + " or newer; this one has " + own;
    }
}
