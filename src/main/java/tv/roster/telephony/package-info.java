/// How telephone numbers are written and how long they are in which country; uses nothing of ours.
@NullMarked
package tv.roster.telephony;

import org.jspecify.annotations.NullMarked;
