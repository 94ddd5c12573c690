package tv.roster.users.lists;

import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.users.User;
import tv.roster.users.values.FullName;
import tv.roster.values.Cursor;
import tv.roster.values.domains.MailboxKey;

/// The orders in which users can be listed. Ties are broken by id, which is the order of creation.
public enum UserSort {
    CREATED_TIME("created_time", "u.id", Kind.ID),
    NAME("name", "u.name_key", Kind.TEXT),
    EXTERNAL_ID("external_id", "u.external_id", Kind.UNIQUE_TEXT),
    EMAIL("email", "u.email_key", Kind.UNIQUE_TEXT),
    REGISTRATION_TIME("registration_time", "u.registered_time", Kind.TIME),
    UPDATED_TIME("updated_time", "u.updated_time", Kind.TIME);

    /// The values of the column: the id itself, text that can repeat, unique text, or epoch seconds.
    enum Kind {
        ID,
        TEXT,
        UNIQUE_TEXT,
        TIME
    }

    private final String word;
    private final String column;
    private final Kind kind;

    UserSort(String word, String column, Kind kind) {
        this.word = word;
        this.column = column;
        this.kind = kind;
    }

    String column() {
        return column;
    }

    Kind kind() {
        return kind;
    }

    /// Whether users may have no value here; those come last.
    boolean isNullable() {
        return this != CREATED_TIME && this != UPDATED_TIME;
    }

    /// A sort and its direction, as in `sort=-name`.
    public record Order(UserSort sort, boolean descending) {
        public static final Order OLDEST_FIRST = new Order(CREATED_TIME, false);

        /// The position of a user in this order.
        public Cursor cursor(User user) {
            return new Cursor(sort.keyOf(user), user.id().value());
        }

        /// A position after all users: without a key, or with one that is greater than any.
        public Cursor end() {
            var key = sort != UPDATED_TIME ? null : Long.toString(descending ? Long.MIN_VALUE : Long.MAX_VALUE);
            return new Cursor(key, descending ? new UUID(0, 0) : new UUID(-1, -1));
        }

        public static Order parse(String text) {
            boolean descending = text.startsWith("-");
            var word = descending ? text.substring(1) : text;
            return Arrays.stream(UserSort.values())
                    .filter(sort -> sort.word.equals(word))
                    .findFirst()
                    .map(sort -> new Order(sort, descending))
                    .orElseThrow(() -> new InvalidValue(
                            "Sort by one of name, external_id, email, registration_time, created_time, updated_time."));
        }
    }

    /// The user's sort key as cursors contain it: null if the user has none, or if the id is the key.
    @Nullable
    String keyOf(User user) {
        return switch (this) {
            case CREATED_TIME -> null;
            case NAME -> user.name() == null ? null : FullName.sortKey(user.name());
            case EXTERNAL_ID -> user.externalId();
            case EMAIL -> user.email() == null ? null : MailboxKey.of(user.email());
            case REGISTRATION_TIME -> user.registeredTime() == null ? null : Long.toString(user.registeredTime());
            case UPDATED_TIME -> Long.toString(user.updatedTime());
        };
    }
}
