/// The threads of requests: one event loop for each processor, and on each of them the virtual threads of its requests.
/// Uses nothing of ours; `http` accepts connections on the loops, and the connections of `database` belong to them.
@NullMarked
package tv.roster.eventloop;

import org.jspecify.annotations.NullMarked;
