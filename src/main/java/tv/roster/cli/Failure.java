package tv.roster.cli;

/// Why a command failed: a message for the user, and the exit status.
final class Failure extends RuntimeException {
    /// The server rejected the request, or failed.
    static final int REFUSED = 1;
    /// The command line was invalid.
    static final int MISUSED = 2;
    /// No server was found, or it did not respond.
    static final int UNREACHABLE = 3;
    /// `allow-list test`: requests from the address are not allowed.
    static final int NOT_ALLOWED = 4;

    private final int status;

    Failure(int status, String words) {
        super(words, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }
}
