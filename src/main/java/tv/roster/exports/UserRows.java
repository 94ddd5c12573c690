package tv.roster.exports;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import tv.roster.platform.csv.CsvWriter;
import tv.roster.platform.json.NdjsonWriter;
import tv.roster.users.User;
import tv.roster.users.files.UserColumn;
import tv.roster.users.v4.UserResource;

/// Users in the format of an export.
sealed interface UserRows {
    /// Bytes that are written at a time.
    int PART = 24 << 10;

    void write(User user);

    int size();

    /// Writes what there is so far.
    void drainTo(OutputStream body) throws IOException;

    /// Writes users, and keeps less than a part of them.
    default void write(List<User> users, OutputStream body) throws IOException {
        for (var user : users) {
            write(user);
            if (size() >= PART) {
                drainTo(body);
            }
        }
    }

    /// A User resource a line.
    final class OfJson implements UserRows {
        private final NdjsonWriter lines = new NdjsonWriter();
        private final UserResource resource;

        OfJson(UserResource resource) {
            this.resource = resource;
        }

        @Override
        public void write(User user) {
            lines.write(json -> resource.write(json, user));
        }

        @Override
        public int size() {
            return lines.size();
        }

        @Override
        public void drainTo(OutputStream body) throws IOException {
            lines.drainTo(body);
        }
    }

    /// These columns, after a line with their names.
    final class OfCsv implements UserRows {
        private final CsvWriter csv = new CsvWriter();
        private final List<UserColumn> columns;

        OfCsv(List<UserColumn> columns) {
            this.columns = columns;
            columns.forEach(column -> csv.writeText(column.word()));
            csv.endRow();
        }

        @Override
        public void write(User user) {
            for (var column : columns) {
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
            csv.endRow();
        }

        @Override
        public int size() {
            return csv.size();
        }

        @Override
        public void drainTo(OutputStream body) throws IOException {
            csv.drainTo(body);
        }
    }
}
