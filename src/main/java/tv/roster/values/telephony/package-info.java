/// How telephone numbers are written, and their possible lengths in each country.
///
/// Uses no other room.
@NullMarked
package tv.roster.values.telephony;

import org.jspecify.annotations.NullMarked;
