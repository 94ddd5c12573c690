/// Names of internet domains, including international ones, as e-mail addresses have them.
///
/// May use `platform.problems` and `values.text`.
@NullMarked
package tv.roster.values.domains;

import org.jspecify.annotations.NullMarked;
