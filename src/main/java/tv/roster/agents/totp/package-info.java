/// The second factor of agents: codes of authenticator apps (RFC 6238), and recovery codes.
///
/// May use `platform.secrets`, `values.ids` and `values.text`.
@NullMarked
package tv.roster.agents.totp;

import org.jspecify.annotations.NullMarked;
