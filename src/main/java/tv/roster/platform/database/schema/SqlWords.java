package tv.roster.platform.database.schema;

import java.io.EOFException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;

/// Describes a failed statement or connection in one line for the operator.
public final class SqlWords {
    private SqlWords() {}

    public static String of(SQLException failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String words = String.valueOf(deepest.getMessage());
        String reason = switch (deepest) {
            case UnknownHostException unknown -> "there is no host with this name";
            case SocketTimeoutException late
            when words.startsWith("Read") -> "it accepts connections, but does not respond";
            case SocketTimeoutException late -> "it cannot be reached";
            case EOFException hungUp -> "it closes the connection";
            default -> words;
        };
        if (reason.startsWith("Could not find a server with specified targetServerType")) {
            return "none of its servers can be reached and accepts writes";
        }
        return reason.replaceFirst("^(FATAL|ERROR): ", "").strip().replaceAll("\\s*\\R\\s*", " / ");
    }
}
