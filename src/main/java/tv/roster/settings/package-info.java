/// The settings: read once from the environment, with all faults reported at once.
///
/// May use `access.allowlist`, `access.ratelimit`, `agents.provider`, `credentials.hashes`, `credentials.hashing`,
/// `platform.database.schema`, `platform.database.session`, `platform.mail`, `platform.openid`, `platform.problems`,
/// `platform.tls`, `values.domains` and `values.text`.
@NullMarked
package tv.roster.settings;

import org.jspecify.annotations.NullMarked;
