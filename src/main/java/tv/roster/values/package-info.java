/// Values that know no feature: what was sent, what is expected, a place in a list.
///
/// Uses nothing else of ours.
@NullMarked
package tv.roster.values;

import org.jspecify.annotations.NullMarked;
