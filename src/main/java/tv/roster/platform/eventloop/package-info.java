/// The threads that requests run on: one event loop for each processor, and on each of them the virtual threads of its
/// requests.
///
/// May use `platform.background` and `platform.timing`.
@NullMarked
package tv.roster.platform.eventloop;

import org.jspecify.annotations.NullMarked;
