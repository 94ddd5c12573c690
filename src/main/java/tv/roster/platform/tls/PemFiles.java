package tv.roster.platform.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;

/// The files with the certificate chain (the server's own certificate first) and its private key, both in PEM.
public record PemFiles(Path certificate, Path key) {
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final byte[] PROBE = {1, 2, 3};
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    /// Reads both files.
    ///
    /// @throws UnusableCertificate with a message for the operator that contains nothing of the key
    X509ExtendedKeyManager read() {
        try {
            var chain = chain();
            var privateKey = privateKey();
            if (!belongTogether(chain[0], privateKey)) {
                throw new UnusableCertificate(
                        "The key in " + key + " is not that of the certificate in " + certificate);
            }
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", privateKey, new char[0], chain);
            var factory = KeyManagerFactory.getInstance("PKIX");
            factory.init(store, new char[0]);
            for (KeyManager manager : factory.getKeyManagers()) {
                if (manager instanceof X509ExtendedKeyManager found) {
                    return found;
                }
            }
            throw new UnusableCertificate("The JDK has no manager for the key in " + key);
        } catch (IOException e) {
            throw new UnusableCertificate("A TLS file cannot be read: " + e.getMessage());
        } catch (GeneralSecurityException e) {
            throw new UnusableCertificate("The certificate in " + certificate + " cannot be used: " + e.getMessage());
        }
    }

    /// Whether the certificate verifies what the key signs. While the two files are being replaced, this may be
    /// false.
    private static boolean belongTogether(Certificate certificate, PrivateKey key) throws GeneralSecurityException {
        var algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "EdDSA";
        };
        var signature = Signature.getInstance(algorithm);
        try {
            signature.initSign(key);
            signature.update(PROBE);
            var signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (InvalidKeyException | SignatureException e) {
            return false;
        }
    }

    private Certificate[] chain() throws IOException, GeneralSecurityException {
        var chain = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(certificate)))
                .toArray(Certificate[]::new);
        if (chain.length == 0) {
            throw new UnusableCertificate("There is no certificate in " + certificate);
        }
        return chain;
    }

    private PrivateKey privateKey() throws IOException, GeneralSecurityException {
        Matcher pem = PKCS8.matcher(Files.readString(key, StandardCharsets.US_ASCII));
        if (!pem.find()) {
            throw new UnusableCertificate("There is no unencrypted PKCS #8 key (BEGIN PRIVATE KEY) in " + key
                    + "; openssl pkcs8 -topk8 -nocrypt makes one of other forms");
        }
        var bytes = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
        for (var algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(bytes);
            } catch (InvalidKeySpecException e) {
                // The key is for another algorithm.
            }
        }
        throw new UnusableCertificate("The key in " + key + " is neither RSA, EC nor Ed25519");
    }
}
