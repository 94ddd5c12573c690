package tv.roster.users.files;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A column of a CSV file of users. An import takes all of them, in any order; an export has those without secrets, in
/// this order.
public enum UserColumn {
    ID("id", true),
    EXTERNAL_ID("external_id", true),
    NAME("name", true),
    EMAIL("email", true),
    TELEPHONE_NUMBER("telephone_number_E123", true),
    /// Separated by spaces, which no flag contains.
    USER_FLAGS("user_flags", true),
    REGISTRATION_STATE("registration_state", true),
    USER_PASSWORD("user_password", false),
    PASSWORD_HASH("password_hash", false);

    /// The columns of an export.
    public static final List<UserColumn> EXPORTED =
            Arrays.stream(values()).filter(column -> column.exported).toList();

    private final String word;
    private final boolean exported;

    UserColumn(String word, boolean exported) {
        this.word = word;
        this.exported = exported;
    }

    /// The name of the column in the header line.
    public String word() {
        return word;
    }

    public static Optional<UserColumn> named(String word) {
        return Arrays.stream(values())
                .filter(column -> column.word.equals(word))
                .findFirst();
    }
}
