/// The settings: read once from the environment, with all faults reported at once.
///
/// May use `access.allowlist`, `access.ratelimit`, `credentials`, `credentials.hashes`, `platform.database`,
/// `platform.database.schema`, `platform.mail`, `platform.problems`, `platform.tls`, `values.domains` and
/// `values.text`.
@NullMarked
package tv.roster.settings;

import org.jspecify.annotations.NullMarked;
