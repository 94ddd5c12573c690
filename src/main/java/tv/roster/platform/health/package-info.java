/// Whether the server is alive and can serve: for load balancers and scripts, on a port of its own.
///
/// May use `platform.http`.
@NullMarked
package tv.roster.platform.health;

import org.jspecify.annotations.NullMarked;
