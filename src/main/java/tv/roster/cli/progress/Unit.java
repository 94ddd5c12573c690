package tv.roster.cli.progress;

/// What is counted.
public enum Unit {
    ROWS(" rows") {
        @Override
        String of(long amount) {
            return Amounts.grouped(amount);
        }
    },
    BYTES("") {
        @Override
        String of(long amount) {
            return Amounts.bytes(amount);
        }
    };

    private final String name;

    Unit(String name) {
        this.name = name;
    }

    abstract String of(long amount);

    /// Such as `23/100 rows`, or without a total `23 rows`.
    String of(long done, long total) {
        return of(done) + (total < 0 ? "" : "/" + of(total)) + name;
    }
}
