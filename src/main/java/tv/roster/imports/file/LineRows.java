package tv.roster.imports.file;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// The rows of a file with one on each line.
final class LineRows extends FileRows {
    LineRows(InputStream file) throws IOException {
        super(file);
    }

    @Override
    public @Nullable RawRow next() throws IOException {
        return skipBlankLines() ? wholeLine() : null;
    }
}
