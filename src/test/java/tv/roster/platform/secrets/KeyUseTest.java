package tv.roster.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyUseTest {
    private static final byte[] SECRET =
            HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

    /// Computed by another implementation: what is sealed today must be opened by every later version.
    @ParameterizedTest
    @CsvSource({
        "CURSORS, bb88595531d4834f82e8fba53f9becfc042c85d96bcdbd5d9aecaef867ae4694",
        "REQUEST_DIGESTS, 3c42d484972ff149ef80afdf38a9b9d17947bac793e06e411beb86ad022e4790",
        "LINKS, 7688e33adf1bafcf4400337eab11b52ed2bee9100293efbf42ee26a80a5bce08",
        "WEBHOOKS, 6612576e57438d91892e11f019cacb151d9b073da239de96e66b2a06174a2aeb",
        "AGENTS, b3f0da5d5b821aefbb4ff3966a5bd9546c497755cf5299ca296a2b444bad23ba"
    })
    void theKeyOfAUseStaysTheSame(KeyUse use, String key) {
        assertThat(use.key(SECRET)).asHexString().isEqualToIgnoringCase(key);
    }

    @Test
    void eachUseHasItsOwn() {
        assertThat(Arrays.stream(KeyUse.values()).map(use -> HexFormat.of().formatHex(use.key(SECRET))))
                .doesNotHaveDuplicates()
                .doesNotContain(HexFormat.of().formatHex(SECRET));
    }
}
