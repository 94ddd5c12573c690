/// Signing in: passwords, second factors, and how often both may be tried.
///
/// May use `agents.log`, `agents.sessions`, `agents.totp`, `agents.values`, `credentials.hashing`,
/// `credentials.strength`, `events.log`, `platform.background`, `platform.database`, `platform.problems`,
/// `platform.secrets`, `platform.sql`, `values.domains`, `values.ids` and `work`.
@NullMarked
package tv.roster.agents.signin;

import org.jspecify.annotations.NullMarked;
