package tv.roster.platform.sql;

/// A unique index was violated; its name shows which rule was broken.
public final class UniqueViolation extends RuntimeException {
    private final String index;

    public UniqueViolation(String index) {
        super(index, null, false, false);
        this.index = index;
    }

    public String index() {
        return index;
    }
}
