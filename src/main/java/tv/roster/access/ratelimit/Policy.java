package tv.roster.access.ratelimit;

/// What a rate limit applies to; the name is the one in the `RateLimit` headers.
public enum Policy {
    KEY("key"),
    TENANT("tenant"),
    FAILED_AUTHENTICATION("failed-authentication"),
    FORGOTTEN_PASSWORD("forgotten-password");

    private final String headerName;

    Policy(String headerName) {
        this.headerName = headerName;
    }

    public String headerName() {
        return headerName;
    }
}
