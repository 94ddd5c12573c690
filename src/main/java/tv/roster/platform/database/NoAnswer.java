package tv.roster.platform.database;

/// Carries a failure from where a thread waits to [Failures], which says what it means.
final class NoAnswer extends RuntimeException {
    private final transient Failed failed;

    NoAnswer(Failed failed) {
        super(failed.cause().toString(), failed.cause(), false, false);
        this.failed = failed;
    }

    Failed failed() {
        return failed;
    }
}
