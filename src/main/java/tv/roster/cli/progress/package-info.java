/// How a command shows how far it is: a bar at a terminal, a line now and then elsewhere.
///
/// Uses no other room.
@NullMarked
package tv.roster.cli.progress;

import org.jspecify.annotations.NullMarked;
