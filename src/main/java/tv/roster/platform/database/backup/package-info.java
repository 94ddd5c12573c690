/// Backups: the rows of all tables as they are at one moment, in one file.
///
/// May use `platform.database.schema`, `platform.database.session`, `platform.json`, `platform.problems` and
/// `platform.secrets`.
@NullMarked
package tv.roster.platform.database.backup;

import org.jspecify.annotations.NullMarked;
