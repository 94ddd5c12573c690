/// How log lines are written. Uses nothing of ours.
@NullMarked
package tv.roster.logging;

import org.jspecify.annotations.NullMarked;
