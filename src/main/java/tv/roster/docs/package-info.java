/// Pages for people: the start page, the guides, the API to try out, and the meaning of each error code.
///
/// May use `platform.http` and `platform.problems`.
@NullMarked
package tv.roster.docs;

import org.jspecify.annotations.NullMarked;
