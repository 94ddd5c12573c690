package tv.roster.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// Which certificates a command trusts.
final class Trust {
    private Trust() {}

    /// None, for calls without TLS. The client would read all certificates of the JDK at once, which takes a good part
    /// of a command's time.
    static SSLContext inNobody() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[0], new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Those in a PEM file.
    static SSLContext in(Path file) {
        try (var pem = Files.newInputStream(file)) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("ca" + store.size(), certificate);
            }
            var trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new Failure(Failure.MISUSED, "ROSTER_CA: the certificates in " + file + " cannot be used.");
        }
    }

    /// Why a handshake failed.
    static String reason(SSLHandshakeException failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest instanceof CertPathBuilderException
                ? "its certificate is not trusted. Name a PEM file with the certificate, or with that of its authority, in"
                        + " ROSTER_CA."
                : deepest.getMessage() + ".";
    }
}
