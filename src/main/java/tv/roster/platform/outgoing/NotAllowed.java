package tv.roster.platform.outgoing;

/// The server must not connect to the addresses of a host; the message says why.
public final class NotAllowed extends RuntimeException {
    private final String reason;

    NotAllowed(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    @Override
    public String getMessage() {
        return reason;
    }
}
