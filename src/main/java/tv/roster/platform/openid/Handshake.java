package tv.roster.platform.openid;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.net.URI;
import java.util.Optional;

/// What a sign-in has begun with, by which its end is recognized. The browser keeps it, encrypted: the provider and
/// those between do not know the nonce and the verifier, so that neither can use a code of another sign-in.
///
/// @param state       comes back with the response (RFC 6749, section 10.12)
/// @param nonce       comes back in the ID token (OpenID Connect Core 1.0, section 15.5.2)
/// @param verifier    proves that who redeems the code is who has asked for it (RFC 7636)
/// @param redirect    where the response comes to
/// @param next        where the browser goes on to; may be empty
/// @param expiresTime in epoch seconds
public record Handshake(State state, Nonce nonce, CodeVerifier verifier, URI redirect, String next, long expiresTime) {
    private static final int PARTS = 6;

    public static Handshake begin(URI redirect, String next, long expiresTime) {
        return new Handshake(new State(), new Nonce(), new CodeVerifier(), redirect, next, expiresTime);
    }

    /// All of it as a text, which is a secret.
    public String text() {
        return String.join(
                "\n",
                state.getValue(),
                nonce.getValue(),
                verifier.getValue(),
                redirect.toString(),
                next,
                Long.toString(expiresTime));
    }

    /// Reads what [#text] has written.
    public static Optional<Handshake> parse(String text) {
        var parts = text.split("\n", -1);
        return parts.length == PARTS
                ? Optional.of(new Handshake(
                        new State(parts[0]),
                        new Nonce(parts[1]),
                        new CodeVerifier(parts[2]),
                        URI.create(parts[3]),
                        parts[4],
                        Long.parseLong(parts[5])))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "Handshake[***]";
    }
}
