/// The pages about who looks at the console: signing in, setting up an account, sessions, password and recovery codes.
///
/// May use `access.allowlist`, `access.ratelimit`, `agents.provider`, `agents.sessions`, `agents.setup`,
/// `agents.signin`, `agents.totp`, `agents.values`, `console.pages`, `credentials.strength`, `platform.http`,
/// `platform.problems`,
/// `platform.templates`, `users.values`, `values.ids` and `values.text`.
@NullMarked
package tv.roster.console.account;

import org.jspecify.annotations.NullMarked;
