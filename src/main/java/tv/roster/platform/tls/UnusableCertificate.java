package tv.roster.platform.tls;

/// A certificate or a key that cannot be used for TLS, with a message for the operator.
public final class UnusableCertificate extends RuntimeException {
    UnusableCertificate(String what) {
        super(what);
    }
}
