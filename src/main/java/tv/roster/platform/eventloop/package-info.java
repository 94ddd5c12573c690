/// The threads that requests run on: one event loop for each processor, and on each of them the virtual threads of its
/// requests.
///
/// Uses nothing else of ours.
@NullMarked
package tv.roster.platform.eventloop;

import org.jspecify.annotations.NullMarked;
