package tv.roster.platform.tls;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.platform.background.RepeatedTask;

/// The certificate for new connections. Its files are checked every second and read again if one of them has
/// changed. Files that cannot be used (a key that does not match yet, an incomplete file) are ignored until the
/// next check.
public final class ServerCertificate implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerCertificate.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /// The maximum number of TLS 1.2 sessions that are stored for clients without session tickets.
    private static final int MOST_SESSIONS = 1000;

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final PemFiles files;
    private final Current current;
    private final SSLContext context;
    private final String[] cipherSuites;
    private final RepeatedTask looking =
            new RepeatedTask("certificate", this::look, LOG, "The files of the TLS certificate could not be checked");
    private String seen;

    /// Reads the files.
    ///
    /// @throws UnusableCertificate if they are not a certificate and its key
    public ServerCertificate(PemFiles files) {
        this.files = files;
        this.seen = marks(files);
        this.current = new Current(files.read());
        try {
            context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {current}, null, null);
            context.getServerSessionContext().setSessionCacheSize(MOST_SESSIONS);
            cipherSuites = Arrays.stream(context.getSupportedSSLParameters().getCipherSuites())
                    .filter(ServerCertificate::isOffered)
                    .toArray(String[]::new);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        looking.every(PAUSE);
    }

    /// Only suites that authenticate what they encrypt (AEAD), with keys that a stolen certificate does not reveal.
    private static boolean isOffered(String suite) {
        boolean forwardSecret =
                suite.startsWith("TLS_AES_") || suite.startsWith("TLS_CHACHA20_") || suite.startsWith("TLS_ECDHE_");
        return forwardSecret
                && (suite.contains("_GCM_")
                        || suite.contains("_CHACHA20_POLY1305_")
                        || suite.startsWith("TLS_CHACHA20_"));
    }

    /// The server's side of one connection: TLS 1.3 or 1.2, with the current certificate.
    public SSLEngine newEngine() {
        var engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setEnabledProtocols(PROTOCOLS);
        engine.setEnabledCipherSuites(cipherSuites);
        return engine;
    }

    private void look() {
        var marks = marks(files);
        if (marks.equals(seen)) {
            return;
        }
        seen = marks;
        try {
            current.replace(files.read());
            LOG.info("The TLS certificate was reloaded from {}", files.certificate());
        } catch (RuntimeException e) {
            LOG.error("The TLS certificate was not reloaded, the previous one remains in use: {}", e.getMessage());
        }
    }

    /// The times and sizes of the files, which change with them.
    private static String marks(PemFiles files) {
        try {
            return Files.getLastModifiedTime(files.certificate()) + " " + Files.size(files.certificate()) + " "
                    + Files.getLastModifiedTime(files.key()) + " " + Files.size(files.key());
        } catch (IOException e) {
            return "away";
        }
    }

    @Override
    public void close() {
        looking.close();
    }

    /// The manager that was read from the files, and the number of that reading.
    private record Reading(int number, X509ExtendedKeyManager manager) {
        private static final char MARK = '/';

        @Nullable
        String marked(@Nullable String alias) {
            return alias == null ? null : number + (MARK + alias);
        }

        boolean gave(String alias) {
            return alias.startsWith(number + String.valueOf(MARK));
        }

        static String unmarked(String alias) {
            return alias.substring(alias.indexOf(MARK) + 1);
        }
    }

    /// Uses the latest files for each handshake. A handshake requests an alias, then its chain, then its key; the
    /// alias contains the number of the reading, so that the whole handshake uses the same one.
    private static final class Current extends X509ExtendedKeyManager {
        private volatile Reading latest;
        private volatile Reading before;

        Current(X509ExtendedKeyManager manager) {
            latest = new Reading(1, manager);
            before = latest;
        }

        void replace(X509ExtendedKeyManager manager) {
            before = latest;
            latest = new Reading(before.number() + 1, manager);
        }

        private X509ExtendedKeyManager managerOf(String alias) {
            var old = before;
            return old.gave(alias) ? old.manager() : latest.manager();
        }

        @Override
        public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }

        @Override
        public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            var reading = latest;
            return reading.marked(reading.manager().chooseServerAlias(keyType, issuers, socket));
        }

        @Override
        public @Nullable String chooseEngineServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            var reading = latest;
            return reading.marked(reading.manager().chooseEngineServerAlias(keyType, issuers, engine));
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(String alias) {
            return managerOf(alias).getCertificateChain(Reading.unmarked(alias));
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            return managerOf(alias).getPrivateKey(Reading.unmarked(alias));
        }
    }
}
