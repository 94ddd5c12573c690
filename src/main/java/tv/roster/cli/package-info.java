/// The client commands: thin, and they speak HTTP to the admin API alone. May use `allowlist` to judge an address and
/// `jsonapi` for its refusals; nothing else of ours.
@NullMarked
package tv.roster.cli;

import org.jspecify.annotations.NullMarked;
