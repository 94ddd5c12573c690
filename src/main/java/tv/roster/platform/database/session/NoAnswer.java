package tv.roster.platform.database.session;

/// Carries a failure from the waiting thread to [Failures], which determines what it means.
public final class NoAnswer extends RuntimeException {
    private final transient Failed failed;

    NoAnswer(Failed failed) {
        super(failed.cause().toString(), failed.cause(), false, false);
        this.failed = failed;
    }

    public Failed failed() {
        return failed;
    }
}
