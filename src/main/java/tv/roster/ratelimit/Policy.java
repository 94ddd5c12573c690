package tv.roster.ratelimit;

/// What a rate limit is kept for; the name is how the `RateLimit` headers call it.
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
