/// Reading and writing JSON, without any knowledge of its meaning.
///
/// May use `platform.problems` and `values.text`.
@NullMarked
package tv.roster.platform.json;

import org.jspecify.annotations.NullMarked;
