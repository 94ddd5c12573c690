/// Work in the background: what is repeated, what is deleted when its time is over, and how failures are retried.
///
/// Uses nothing else of ours.
@NullMarked
package tv.roster.platform.background;

import org.jspecify.annotations.NullMarked;
