/// The notation of telephone numbers, and their lengths in each country; uses nothing of ours.
@NullMarked
package tv.roster.telephony;

import org.jspecify.annotations.NullMarked;
