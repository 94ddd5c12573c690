/// Responses on their way to a client, no faster than it takes them.
///
/// Uses no other room.
@NullMarked
package tv.roster.platform.http.sending;

import org.jspecify.annotations.NullMarked;
