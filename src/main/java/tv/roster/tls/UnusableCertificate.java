package tv.roster.tls;

/// A certificate or a key that TLS cannot be spoken with, in words for the operator.
public final class UnusableCertificate extends RuntimeException {
    UnusableCertificate(String what) {
        super(what);
    }
}
