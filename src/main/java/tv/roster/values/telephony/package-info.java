/// How telephone numbers are written, and how long they are in which country.
///
/// Uses nothing else of ours.
@NullMarked
package tv.roster.values.telephony;

import org.jspecify.annotations.NullMarked;
