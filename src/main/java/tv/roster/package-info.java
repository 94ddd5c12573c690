/// Where everything starts: the program's entry point, the one place that connects the parts, and the order in which
/// they stop.
///
/// May use every room.
@NullMarked
package tv.roster;

import org.jspecify.annotations.NullMarked;
