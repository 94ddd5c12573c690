package tv.roster.platform.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {
    @TempDir
    Path parent;

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static Path open(Path path) throws IOException {
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    @Test
    void aNewFolderIsItsOwnersAlone() throws IOException {
        assertThat(rights(PrivateFiles.folder(parent.resolve("a/b")))).isEqualTo("rwx------");
    }

    @Test
    void aFolderThatWasOpenIsClosedAndSoAreTheFilesInIt() throws IOException {
        Path folder = open(Files.createDirectory(parent.resolve("data")));
        Path file = Files.createFile(
                folder.resolve("key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
        Path below = open(Files.createDirectory(folder.resolve("postgresql-binaries")));
        Path elsewhere = open(Files.createFile(parent.resolve("elsewhere")));
        Files.createSymbolicLink(folder.resolve("link"), elsewhere);

        PrivateFiles.folder(folder);

        assertThat(rights(folder)).isEqualTo("rwx------");
        assertThat(rights(file)).isEqualTo("rw-------");
        assertThat(rights(below)).isEqualTo("rwxrwxrwx");
        assertThat(rights(elsewhere)).isEqualTo("rwxrwxrwx");
    }

    @Test
    void aFolderThatManyShareStaysOpen() throws IOException {
        Path shared = Files.createDirectory(parent.resolve("shared"));
        Files.setAttribute(shared, "unix:mode", 01777);

        PrivateFiles.folder(shared);

        assertThat(rights(shared)).isEqualTo("rwxrwxrwx");
    }

    @Test
    void aFileIsWrittenOverWholeAndPrivate() throws IOException {
        Path file = open(Files.writeString(parent.resolve("key"), "a long former text"));

        PrivateFiles.write(file, "new");

        assertThat(file).hasContent("new");
        assertThat(rights(file)).isEqualTo("rw-------");
        assertThat(parent).isDirectoryNotContaining(left -> left.endsWith("key.new"));
    }
}
