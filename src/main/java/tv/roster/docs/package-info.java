/// Pages for people: the start page, the guides, the API to try out, and the meaning of each error code.
///
/// May use `platform.http`, `platform.problems` and `platform.templates`.
@NullMarked
package tv.roster.docs;

import org.jspecify.annotations.NullMarked;
