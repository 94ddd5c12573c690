package tv.roster.platform.database.backup;

/// A backup cannot be written or read; the message is one line for the operator.
public final class UnusableBackup extends RuntimeException {
    public UnusableBackup(String line) {
        super(line);
    }

    public UnusableBackup(String line, Throwable cause) {
        super(line, cause);
    }
}
