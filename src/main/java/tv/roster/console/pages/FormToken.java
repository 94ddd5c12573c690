package tv.roster.console.pages;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tv.roster.agents.sessions.SignedIn;

/// The token in the forms of a session, which nobody can know who has not its cookie.
final class FormToken {
    /// The name of the field.
    static final String FIELD = "csrf";

    private static final byte[] PURPOSE = "forms of the console".getBytes(StandardCharsets.US_ASCII);

    private FormToken() {}

    static String of(SignedIn agent) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(agent.sessionHash(), "HmacSHA256"));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(PURPOSE));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Refuses a form with another token than this session's.
    static void require(SignedIn agent, String sent) {
        boolean isOwn = MessageDigest.isEqual(
                of(agent).getBytes(StandardCharsets.US_ASCII), sent.getBytes(StandardCharsets.UTF_8));
        if (!isOwn) {
            throw ConsoleGate.foreignForm();
        }
    }
}
