/// Reading and writing CSV, without any knowledge of its meaning.
///
/// May use `values.text`.
@NullMarked
package tv.roster.platform.csv;

import org.jspecify.annotations.NullMarked;
