/// JSON as it is written and read, without any meaning.
///
/// May use `platform.problems` and `values.text`.
@NullMarked
package tv.roster.platform.json;

import org.jspecify.annotations.NullMarked;
