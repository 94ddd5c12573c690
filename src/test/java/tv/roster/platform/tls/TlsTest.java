package tv.roster.platform.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static tv.roster.testing.Json.json;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.roster.TestServer;
import tv.roster.cli.Commands;
import tv.roster.testing.SelfSigned;
import tv.roster.testing.ServerAlone;

class TlsTest {

    /// The start of a record of 512 bytes that holds a ClientHello.
    private static final byte[] BEGUN_HANDSHAKE = {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3};

    @TempDir
    private Path folder;

    private Path certificate() {
        return folder.resolve("server.crt");
    }

    private Path key() {
        return folder.resolve("server.key");
    }

    /// Makes a certificate, and writes both files.
    private void writeCertificate(String name, String algorithm) throws Exception {
        var opened = SelfSigned.store(name, algorithm);
        writePem(
                key(),
                "PRIVATE KEY",
                opened.getKey("server", SelfSigned.PASSWORD).getEncoded());
        writePem(certificate(), "CERTIFICATE", opened.getCertificate("server").getEncoded());
    }

    private static void writePem(Path file, String what, byte[] content) throws IOException {
        var base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        Files.writeString(file, "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n");
    }

    private TestServer server() {
        return new TestServer(
                Map.of("ROSTER_TLS_CERTIFICATE", certificate().toString(), "ROSTER_TLS_KEY", key().toString()),
                InstantSource.system());
    }

    /// Trusts everything: the tests look at the certificate themselves.
    private static SSLContext trusting() throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(
                null,
                new TrustManager[] {
                    new X509TrustManager() {
                        @Override
                        public void checkClientTrusted(X509Certificate[] chain, String type) {}

                        @Override
                        public void checkServerTrusted(X509Certificate[] chain, String type) {}

                        @Override
                        public X509Certificate[] getAcceptedIssuers() {
                            return new X509Certificate[0];
                        }
                    }
                },
                null);
        return context;
    }

    private static String nameMet(int port) throws Exception {
        try (var socket = (SSLSocket) trusting().getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.startHandshake();
            var met = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return met.getSubjectX500Principal().getName();
        }
    }

    private static int port(TestServer server) {
        return URI.create(server.url()).getPort();
    }

    @ParameterizedTest
    @CsvSource({"RSA", "EC", "Ed25519"})
    void callsAreServedOverHttpsWithLinksThatSaySo(String algorithm) throws Exception {
        writeCertificate("first", algorithm);
        try (var server = server();
                var http = HttpClient.newBuilder().sslContext(trusting()).build()) {
            var request = HttpRequest.newBuilder(
                            URI.create("https://127.0.0.1:" + port(server) + "/api/admin/v1/tenants"))
                    .header("Authorization", "Apikey " + server.adminKey())
                    .build();
            var response = http.send(request, BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).contains(json("'self':'https://127.0.0.1:"));
            assertThat(response.headers().firstValue("Strict-Transport-Security"))
                    .contains("max-age=31536000");
            assertThat(Files.readString(server.data().resolve("server-url"))).startsWith("https://");
        }
    }

    @Test
    void aCommandThatDoesNotTrustTheCertificateNamesTheSettingForIt() throws Exception {
        writeCertificate("first", "EC");
        try (var server = server()) {
            var errors = new StringWriter();
            var environment =
                    Map.of("ROSTER_URL", "https://127.0.0.1:" + port(server), "ROSTER_ADMIN_KEY", server.adminKey());
            var arguments = new String[] {"tenant", "list"};
            int status = Commands.run(
                    arguments, environment, new PrintWriter(new StringWriter()), new PrintWriter(errors), Map.of());
            assertThat(status).isEqualTo(3);
            assertThat(errors.toString())
                    .contains("is not trusted", "ROSTER_CA")
                    .hasLineCount(1);
        }
    }

    @Test
    void onlyAuthenticatedCiphersAreSpoken() throws Exception {
        writeCertificate("first", "EC");
        try (var server = server()) {
            for (var spoken : List.of(
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256")) {
                assertThat(suiteMet(port(server), spoken)).isEqualTo(spoken);
            }
            for (var weak :
                    List.of("TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA")) {
                assertThatThrownBy(() -> suiteMet(port(server), weak)).isInstanceOf(SSLHandshakeException.class);
            }
        }
    }

    private static String suiteMet(int port, String offered) throws Exception {
        try (var socket = (SSLSocket) trusting().getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setEnabledCipherSuites(new String[] {offered});
            socket.startHandshake();
            return socket.getSession().getCipherSuite();
        }
    }

    @Test
    void aClientThatAsksForAnotherHandshakeIsRefused() throws Exception {
        writeCertificate("first", "EC");
        var settings = Map.of("ROSTER_TLS_CERTIFICATE", certificate().toString(), "ROSTER_TLS_KEY", key().toString());
        try (var server = ServerAlone.start(folder.resolve("data"), settings);
                var socket = (SSLSocket) trusting()
                        .getSocketFactory()
                        .createSocket("127.0.0.1", URI.create(server.url()).getPort())) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            // The server would close an idle connection as well, but only after 30 s.
            socket.setSoTimeout(10_000);
            socket.startHandshake();
            assertThat(endsWithAnotherHandshake(socket)).isTrue();
        }
    }

    /// Whether the server closes it, which the client notices at one of these steps.
    private static boolean endsWithAnotherHandshake(SSLSocket socket) {
        try {
            socket.startHandshake();
            return socket.getInputStream().read() == -1;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void handshakesThatAreNotFinishedCountAsConnectionsAndEndWithTheTimeOfARequest() throws Exception {
        writeCertificate("first", "EC");
        var settings = new HashMap<>(
                Map.of("ROSTER_TLS_CERTIFICATE", certificate().toString(), "ROSTER_TLS_KEY", key().toString()));
        settings.putAll(Map.of("ROSTER_CONNECTIONS", "10", "ROSTER_REQUEST_TIMEOUT", "3"));
        var unfinished = new ArrayList<Socket>();
        try (var server = new TestServer(settings, InstantSource.system())) {
            for (int at = 0; at < 50; at++) {
                var socket = new Socket(InetAddress.getLoopbackAddress(), port(server));
                unfinished.add(socket);
                socket.getOutputStream().write(BEGUN_HANDSHAKE);
            }
            assertThat(nameMet(port(server))).isEqualTo("CN=first");
            for (var socket : unfinished) {
                assertThat(isClosed(socket)).isTrue();
            }
            assertThat(nameMet(port(server))).isEqualTo("CN=first");
        } finally {
            for (var socket : unfinished) {
                socket.close();
            }
        }
    }

    /// Waits for the server to close it.
    private static boolean isClosed(Socket socket) throws IOException {
        socket.setSoTimeout(20_000);
        try {
            socket.getInputStream().readAllBytes();
        } catch (SocketException reset) {
            // As it may be where the server had not read all.
        }
        return true;
    }

    @Test
    void aNewCertificateIsMetWithoutARestart() throws Exception {
        writeCertificate("first", "EC");
        try (var server = server()) {
            assertThat(nameMet(port(server))).isEqualTo("CN=first");
            writeCertificate("second", "RSA");
            await().until(() -> nameMet(port(server)).equals("CN=second"));
        }
    }

    @Test
    void aBrokenFileLeavesTheCertificateAsItWas() throws Exception {
        writeCertificate("first", "EC");
        try (var server = server()) {
            Files.writeString(key(), "-----BEGIN PRIVATE KEY-----\nbm8=\n-----END PRIVATE KEY-----\n");
            await().during(java.time.Duration.ofSeconds(2))
                    .until(() -> nameMet(port(server)).equals("CN=first"));
            writeCertificate("third", "EC");
            await().until(() -> nameMet(port(server)).equals("CN=third"));
        }
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() throws Exception {
        writeCertificate("first", "EC");
        var otherKey = Files.readString(key());
        writeCertificate("second", "EC");
        Files.writeString(key(), otherKey);
        assertThatThrownBy(() -> new ServerCertificate(new PemFiles(certificate(), key())))
                .isInstanceOf(UnusableCertificate.class)
                .hasMessageContaining("is not that of the certificate");
    }

    @Test
    void whatIsNoKeyIsToldInWordsWithoutTheKey() throws Exception {
        writeCertificate("first", "RSA");
        var pem = Files.readString(key());
        Files.writeString(key(), pem.replace("PRIVATE KEY", "RSA PRIVATE KEY"));
        assertThatThrownBy(() -> new ServerCertificate(new PemFiles(certificate(), key())))
                .isInstanceOf(UnusableCertificate.class)
                .hasMessageContaining("openssl pkcs8")
                .hasMessageNotContaining(pem.substring(40, 80));
    }
}
