/// Where everything starts: the program's entry, the one place that puts the parts together, and the order in which
/// they stop.
///
/// May use every room.
@NullMarked
package tv.roster;

import org.jspecify.annotations.NullMarked;
