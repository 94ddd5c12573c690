package tv.roster.tls;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The certificate that new connections are met with: looked at every second, read again when one of its files has
/// changed. What cannot be used (a key that does not fit yet, half a file) is left for the next look.
public final class ServerCertificate implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerCertificate.class);
    private static final long LOOK_MS = 1000;

    private final PemFiles files;
    private final Current current;
    private final SSLContext context;
    private final ScheduledExecutorService looker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("certificate").factory());
    private String seen;

    /// Reads the files.
    ///
    /// @throws UnusableCertificate if they are no certificate and its key
    public ServerCertificate(PemFiles files) {
        this.files = files;
        this.seen = marks(files);
        this.current = new Current(files.read());
        try {
            context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {current}, null, null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        var _ = looker.scheduleWithFixedDelay(this::look, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
    }

    public SSLContext context() {
        return context;
    }

    private void look() {
        var marks = marks(files);
        if (marks.equals(seen)) {
            return;
        }
        seen = marks;
        try {
            current.manager = files.read();
            LOG.info("The TLS certificate was read again from {}", files.certificate());
        } catch (RuntimeException e) {
            LOG.error("The TLS certificate stays as it was: {}", e.getMessage());
        }
    }

    /// What changes with the files: their times and sizes.
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
        looker.shutdownNow();
    }

    /// Leads each handshake to the manager of the latest files.
    private static final class Current extends X509ExtendedKeyManager {
        private volatile X509ExtendedKeyManager manager;

        Current(X509ExtendedKeyManager manager) {
            this.manager = manager;
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
            return manager.getServerAliases(keyType, issuers);
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return manager.chooseServerAlias(keyType, issuers, socket);
        }

        @Override
        public @Nullable String chooseEngineServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return manager.chooseEngineServerAlias(keyType, issuers, engine);
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(String alias) {
            return manager.getCertificateChain(alias);
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            return manager.getPrivateKey(alias);
        }
    }
}
