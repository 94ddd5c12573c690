/// The server's certificate and key, read from PEM files and read again when they change.
///
/// May use `platform.background`.
@NullMarked
package tv.roster.platform.tls;

import org.jspecify.annotations.NullMarked;
