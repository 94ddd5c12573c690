/// Pages for people: where subscribers choose passwords, what each error code means, the outbox, the server's health.
/// May use `activation`, `allowlist`, `credentials`, `http`, `jsonapi`, `languages`, `mail`, `ratelimit` and
/// `templates`.
@NullMarked
package tv.roster.pages;

import org.jspecify.annotations.NullMarked;
