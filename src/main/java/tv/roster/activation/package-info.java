/// How a subscriber comes to a password: links to activate an account or to choose a new password, made, mailed, used.
/// May use `access`, `allowlist`, `credentials`, `database`, `events`, `http`, `ids`, `jsonapi`, `languages`, `mail`
/// and
/// `ratelimit`.
@NullMarked
package tv.roster.activation;

import org.jspecify.annotations.NullMarked;
