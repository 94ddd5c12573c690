/// The server's certificate and key, read from PEM files and read again when they change. Uses nothing of ours.
@NullMarked
package tv.roster.tls;

import org.jspecify.annotations.NullMarked;
