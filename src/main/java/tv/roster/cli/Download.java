package tv.roster.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.LongConsumer;
import java.util.zip.GZIPOutputStream;
import tv.roster.cli.progress.Progress;
import tv.roster.cli.progress.Unit;
import tv.roster.platform.files.PrivateFiles;

/// A file of users or rows that the server sends as it reads them. A file on disk is complete, or not there.
final class Download {
    private static final int BUFFER = 1 << 16;

    private final Terminal terminal;
    private final String path;
    private final FileFormat format;

    /// @param path of the call, with its query
    Download(Terminal terminal, String path, FileFormat format) {
        this.terminal = terminal;
        this.path = path;
        this.format = format;
    }

    /// Writes it to standard output, which is not closed: it belongs to the process.
    void print() {
        var received = receive(false);
        try {
            var out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER);
            copy(received, out, bytes -> {});
            out.flush();
        } catch (IOException e) {
            throw brokenOff(e, "What was printed is incomplete.");
        }
    }

    /// Writes it to a file that only its owner can read, packed if the name ends so, and returns the file's size.
    long save(Path file) {
        var half = file.resolveSibling(file.getFileName() + ".part");
        var progress = new Progress(terminal.errors(), terminal.columns(), System::nanoTime);
        try {
            Files.deleteIfExists(half);
            Files.createFile(half, PrivateFiles.FILE);
            try (var out = new BufferedOutputStream(Files.newOutputStream(half), BUFFER)) {
                copy(
                        receive(FileFormat.isGzip(file.toString())),
                        out,
                        bytes -> progress.show("Receiving", Unit.BYTES, bytes, -1, ""));
            }
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return Files.size(file);
        } catch (IOException e) {
            throw brokenOff(e, file + " was not written.");
        } finally {
            progress.clear();
            discard(half);
        }
    }

    private static void discard(Path half) {
        try {
            Files.deleteIfExists(half);
        } catch (IOException e) {
            throw new Failure(Failure.UNREACHABLE, half + " cannot be deleted: " + e.getMessage());
        }
    }

    private static Failure brokenOff(IOException reason, String effect) {
        return new Failure(
                Failure.UNREACHABLE,
                "The transfer broke off: " + (reason.getMessage() == null ? reason : reason.getMessage()) + ". "
                        + effect);
    }

    private Received receive(boolean packed) {
        var server = terminal.ofTenant();
        var request = server.request(path).header("Accept", format.mediaType());
        if (packed) {
            request.header("Accept-Encoding", "gzip");
        }
        var response = server.open(request.build());
        boolean isPacked = response.headers().firstValue("Content-Encoding").isPresent();
        return new Received(response.body(), packed && !isPacked);
    }

    /// @param toBePacked whether the server has left that to the client
    private record Received(InputStream body, boolean toBePacked) {}

    private static void copy(Received received, OutputStream out, LongConsumer progress) throws IOException {
        var packer = received.toBePacked() ? new GZIPOutputStream(out, BUFFER) : null;
        var target = packer == null ? out : packer;
        try (var body = received.body()) {
            var buffer = new byte[BUFFER];
            long bytes = 0;
            for (int length = body.read(buffer); length >= 0; length = body.read(buffer)) {
                target.write(buffer, 0, length);
                bytes += length;
                progress.accept(bytes);
            }
            if (packer != null) {
                packer.finish();
            }
        }
    }
}
