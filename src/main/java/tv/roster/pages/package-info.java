/// Pages for people: the start page, the guides, the API to try out, what each error code means, and the server's
/// health.
/// May use `http`, `jsonapi` and `database`.
@NullMarked
package tv.roster.pages;

import org.jspecify.annotations.NullMarked;
