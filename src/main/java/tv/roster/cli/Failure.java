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

    /// `import`: rows were rejected; all others are in.
    static final int ROWS_REJECTED = 5;
    /// `import`: it was cancelled, or it failed.
    static final int INCOMPLETE = 6;
    /// Ended with Ctrl-C, as shells have it.
    static final int INTERRUPTED = 130;

    private final int status;
    private final String words;
    private final boolean temporary;

    Failure(int status, String words) {
        this(status, words, false);
    }

    /// @param temporary whether the same call may succeed a little later
    Failure(int status, String words, boolean temporary) {
        super(words, null, false, false);
        this.status = status;
        this.words = words;
        this.temporary = temporary;
    }

    String words() {
        return words;
    }

    boolean isTemporary() {
        return temporary;
    }

    int status() {
        return status;
    }
}
