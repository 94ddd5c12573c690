package tv.roster.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import tv.roster.platform.secrets.KeyUse;
import tv.roster.platform.secrets.Keys;

class LinkSealTest {
    private static final byte[] SECRET = new byte[32];
    private static final Keys KEYS = Keys.of(KeyUse.LINKS.key(SECRET), KeyUse.LINKS.formerKey(SECRET));
    private static final UUID MAIL = UUID.randomUUID();

    @Test
    void aSealedTokenIsOpenedForItsOwnMailAlone() {
        var seal = new LinkSeal(KEYS);
        var sealed = seal.seal("token", MAIL);
        assertThat(seal.open(sealed, MAIL)).hasValue("token");
        assertThat(seal.open(sealed, UUID.randomUUID())).isEmpty();
    }

    @Test
    void aMailThatAnEarlierVersionQueuedIsStillOpened() throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
        var key = mac.doFinal("links in queued mails".getBytes(StandardCharsets.US_ASCII));
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, new byte[12]));
        cipher.updateAAD(MAIL.toString().getBytes(StandardCharsets.US_ASCII));
        var sealed = cipher.doFinal("https://tv.example/activate?token=abc".getBytes(StandardCharsets.UTF_8));
        var queued = ByteBuffer.allocate(12 + sealed.length)
                .put(new byte[12])
                .put(sealed)
                .array();

        assertThat(new LinkSeal(KEYS).open(queued, MAIL)).hasValue("abc");
    }
}
