package tv.roster.cli;

/// Why a command did not do what it was asked: words for the person, and the exit status.
final class Failure extends RuntimeException {
    /// The server refused, or it failed.
    static final int REFUSED = 1;
    /// The command was not written right.
    static final int MISUSED = 2;
    /// No server was found, or it did not answer.
    static final int UNREACHABLE = 3;
    /// `allow-list test`: calls from the address are not allowed.
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
