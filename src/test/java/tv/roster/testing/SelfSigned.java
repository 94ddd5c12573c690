package tv.roster.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A certificate for 127.0.0.1, made by the JDK's keytool, for a server and for clients that trust it.
public final class SelfSigned {
    /// Of the stores.
    public static final char[] PASSWORD = "changeit".toCharArray();

    private static final AtomicInteger COUNT = new AtomicInteger();

    private SelfSigned() {}

    /// What both ends of a connection can use.
    public static SSLContext context() {
        try {
            var store = store("127.0.0.1", "EC");
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD);
            var trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("server", store.getCertificate("server"));
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A store with the password of [#PASSWORD] that has a new certificate for this name, with its key, as `server`.
    public static KeyStore store(String name, String algorithm) throws IOException, GeneralSecurityException {
        var file = RunFolder.resolve("self-signed-" + COUNT.incrementAndGet() + ".p12");
        make(file, name, algorithm);
        try (InputStream input = Files.newInputStream(file)) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(input, PASSWORD);
            return store;
        }
    }

    private static void make(Path file, String name, String algorithm) throws IOException {
        Files.createDirectories(file.getParent());
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-J-XX:TieredStopAtLevel=1",
                        "-J-XX:+UseSerialGC",
                        "-J-Xmn16m",
                        "-genkeypair",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        String.valueOf(PASSWORD),
                        "-alias",
                        "server",
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=ip:127.0.0.1")
                .redirectErrorStream(true)
                .start();
        var output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException(output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
