package tv.roster.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// A file of users to be imported: one that can be read again, or standard input.
///
/// @param path    null for standard input
/// @param size    in bytes; negative if it is not known
/// @param changed when the file was last changed before it was sent
record UserFile(
        @Nullable Path path,
        FileFormat format,
        long size,
        @Nullable FileTime changed) {
    private static final String PIPE = "-";

    static UserFile of(String name, @Nullable String askedFormat) {
        var format = FileFormat.of(askedFormat, name.equals(PIPE) ? "" : name);
        if (format == null) {
            throw new Failure(
                    Failure.MISUSED,
                    "Say with --format whether " + (name.equals(PIPE) ? "standard input" : name)
                            + " is csv or ndjson; names that end with .csv, .ndjson or .jsonl (and .gz) say it.");
        }
        if (name.equals(PIPE)) {
            return new UserFile(null, format, -1, null);
        }
        var path = Path.of(name);
        try {
            if (Files.isRegularFile(path)) {
                return new UserFile(path, format, Files.size(path), Files.getLastModifiedTime(path));
            }
            if (Files.isReadable(path) && !Files.isDirectory(path)) {
                return new UserFile(path, format, -1, null);
            }
        } catch (IOException e) {
            throw unreadable(path);
        }
        throw unreadable(path);
    }

    static Failure unreadable(Path path) {
        return new Failure(Failure.MISUSED, path + " cannot be read, or is no file.");
    }

    boolean isGzip() {
        return path != null && FileFormat.isGzip(path.toString());
    }

    /// Whether it can be read a second time, and is still what it was.
    boolean isUnchanged() {
        try {
            return path != null
                    && changed != null
                    && Files.size(path) == size
                    && Files.getLastModifiedTime(path).equals(changed);
        } catch (IOException gone) {
            return false;
        }
    }

    /// What is in the file, packed or not.
    InputStream open() throws IOException {
        return path == null ? new FileInputStream(FileDescriptor.in) : Files.newInputStream(path);
    }

    /// The rows.
    InputStream openUnpacked() throws IOException {
        var packed = open();
        return isGzip() ? new GZIPInputStream(packed, 1 << 16) : packed;
    }

    /// How the file is called in messages.
    String name() {
        return path == null ? "standard input" : Objects.toString(path.getFileName());
    }
}
