/// Agents who sign in at the operator's OpenID Connect provider: which role and tenant its claims give them.
///
/// May use `agents.log`, `agents.sessions`, `agents.signin`, `agents.values`, `events.log`, `platform.database`,
/// `platform.openid`, `platform.problems`, `platform.secrets`, `platform.sql`, `users.values`, `values.ids`,
/// `values.text` and `work`.
@NullMarked
package tv.roster.agents.provider;

import org.jspecify.annotations.NullMarked;
