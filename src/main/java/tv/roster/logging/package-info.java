/// Writing log lines. Uses nothing of ours.
@NullMarked
package tv.roster.logging;

import org.jspecify.annotations.NullMarked;
