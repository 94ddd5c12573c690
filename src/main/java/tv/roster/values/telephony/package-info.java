/// How telephone numbers are written, and their possible lengths in each country.
///
/// Uses nothing else of ours.
@NullMarked
package tv.roster.values.telephony;

import org.jspecify.annotations.NullMarked;
