package tv.roster.platform.sql;

import java.util.regex.Pattern;

/// A unique index was violated; its name shows which rule was broken.
public final class UniqueViolation extends RuntimeException {
    /// A distributed PostgreSQL names the index of a shard: `user_email_taken_102043`.
    private static final Pattern SHARD = Pattern.compile("_[0-9]+$");

    private final String index;

    public UniqueViolation(String index) {
        super(index, null, false, false);
        this.index = SHARD.matcher(index).replaceFirst("");
    }

    public String index() {
        return index;
    }
}
