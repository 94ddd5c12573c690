package tv.roster.platform.problems;

/// A value that violates its own rule, thrown by the type that contains the rule; the code that reads the request
/// adds the place.
public final class InvalidValue extends RuntimeException {
    private final ErrorCode code;

    public InvalidValue(ErrorCode code, String detail) {
        super(detail, null, false, false);
        this.code = code;
    }

    public InvalidValue(String detail) {
        this(ErrorCode.INVALID_VALUE, detail);
    }

    public ErrorCode code() {
        return code;
    }

    /// What is wrong, as a message for the client.
    public String detail() {
        return String.valueOf(getMessage());
    }

    public Problem at(Source source) {
        return new Problem(code, detail(), source);
    }
}
