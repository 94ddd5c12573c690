/// Pages for people: where subscribers choose passwords, the start page, the guides, the API to try out, what each
/// error code means, the outbox, the server's health.
/// May use `activation`, `allowlist`, `credentials`, `database`, `http`, `jsonapi`, `languages`, `mail`,
/// `ratelimit` and `templates`.
@NullMarked
package tv.roster.pages;

import org.jspecify.annotations.NullMarked;
