/// HTTP requests to servers whose URLs come from somebody else: only to addresses that were judged, with bounds to the
/// time and the bytes that a response can take.
///
/// May use `platform.eventloop`.
@NullMarked
package tv.roster.platform.outgoing;

import org.jspecify.annotations.NullMarked;
