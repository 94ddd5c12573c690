/// The threads that requests run on: one event loop for each processor, and on each of them the virtual threads of its
/// requests. Uses nothing of ours; `http` takes connections on the loops, `database` keeps its own on them.
@NullMarked
package tv.roster.eventloop;

import org.jspecify.annotations.NullMarked;
