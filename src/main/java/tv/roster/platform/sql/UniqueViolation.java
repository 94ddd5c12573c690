package tv.roster.platform.sql;

/// A unique index said no; its name tells which rule was broken.
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
