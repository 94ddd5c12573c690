/// The server's certificate and key, read from PEM files and read again when they change.
///
/// Uses nothing else of ours.
@NullMarked
package tv.roster.platform.tls;

import org.jspecify.annotations.NullMarked;
