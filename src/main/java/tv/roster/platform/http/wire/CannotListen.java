package tv.roster.platform.http.wire;

import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;

/// A port that is taken, or an address that is not this machine's, in one line for the operator.
public final class CannotListen extends IllegalStateException {
    CannotListen(String host, int port, Throwable cause) {
        super("Cannot listen on " + host + ":" + port + ": " + reason(cause), cause);
    }

    /// Without the name of the system call, which Netty puts before it.
    private static String reason(Throwable cause) {
        return cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException
                ? "there is no address of this name"
                : String.valueOf(cause.getMessage()).replaceFirst("^bind\\(.*: ", "");
    }
}
