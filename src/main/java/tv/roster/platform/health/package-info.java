/// Whether the server is alive and ready: for load balancers and scripts, on a separate port.
///
/// May use `platform.http`.
@NullMarked
package tv.roster.platform.health;

import org.jspecify.annotations.NullMarked;
