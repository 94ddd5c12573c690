package tv.roster.exports;

import java.util.List;
import tv.roster.calls.RowWriter;
import tv.roster.platform.csv.CsvWriter;
import tv.roster.users.User;
import tv.roster.users.files.UserColumn;
import tv.roster.users.v4.UserResource;

/// Users in the format of an export.
final class UserRows {
    private UserRows() {}

    /// A User resource a line.
    static RowWriter<User> ndjson(UserResource resource) {
        return RowWriter.ndjson(resource::write);
    }

    /// These columns, after a line with their names.
    static RowWriter<User> csv(List<UserColumn> columns) {
        return RowWriter.csv(
                columns.stream().map(UserColumn::word).toList(),
                (csv, user) -> columns.forEach(column -> writeCell(csv, user, column)));
    }

    private static void writeCell(CsvWriter csv, User user, UserColumn column) {
        switch (column) {
            case ID -> csv.writeUuid(user.id().value());
            case EXTERNAL_ID -> csv.writeText(user.externalId());
            case NAME -> csv.writeText(user.name());
            case EMAIL -> csv.writeText(user.email());
            case TELEPHONE_NUMBER -> csv.writeText(user.telephone());
            case USER_FLAGS -> csv.writeText(user.flags().isEmpty() ? null : String.join(" ", user.flags()));
            case REGISTRATION_STATE -> csv.writeText(user.state().name());
            case USER_PASSWORD, PASSWORD_HASH -> throw new IllegalStateException("Secrets are not exported");
        }
    }
}
