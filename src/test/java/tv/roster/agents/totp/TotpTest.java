package tv.roster.agents.totp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.roster.values.ids.AgentId;

class TotpTest {
    /// The secret of the test vectors for HMAC-SHA-1.
    private static final TotpSecret SECRET = TotpSecret.of("12345678901234567890".getBytes(StandardCharsets.US_ASCII));

    private static final AgentId AGENT = new AgentId(new UUID(1, 2));

    /// RFC 6238, appendix B.
    @ParameterizedTest
    @CsvSource({
        "59, 94287082",
        "1111111109, 07081804",
        "1111111111, 14050471",
        "1234567890, 89005924",
        "2000000000, 69279037",
        "20000000000, 65353130"
    })
    void codesAreThoseOfTheRfc(long epochSecond, String code) {
        assertThat(Totp.code(SECRET.bytes(), Totp.step(epochSecond), 8)).isEqualTo(code);
        assertThat(Totp.code(SECRET, epochSecond)).isEqualTo(code.substring(2));
    }

    /// RFC 4226, appendix D.
    @ParameterizedTest
    @CsvSource({"0, 755224", "1, 287082", "2, 359152", "3, 969429", "9, 520489"})
    void codesOfCountersAreThoseOfTheRfc(long counter, String code) {
        assertThat(Totp.code(SECRET.bytes(), counter, 6)).isEqualTo(code);
    }

    @Test
    void aClockMayBeOneStepBehindOrAhead() {
        long now = 1_111_111_111L;
        for (int steps = -3; steps <= 3; steps++) {
            var code = Totp.code(SECRET, now + steps * 30L);
            assertThat(Totp.matching(SECRET, code, now, null).isPresent())
                    .as(steps + " steps")
                    .isEqualTo(Math.abs(steps) <= 1);
        }
    }

    @Test
    void aCodeThatWasUsedAndEarlierOnesDoNotMatch() {
        long now = 1_111_111_111L;
        var code = Totp.code(SECRET, now);
        long step = Totp.step(now);
        assertThat(Totp.matching(SECRET, code, now, null)).isEqualTo(OptionalLong.of(step));
        assertThat(Totp.matching(SECRET, code, now, step - 1)).isEqualTo(OptionalLong.of(step));
        assertThat(Totp.matching(SECRET, code, now, step)).isEmpty();
        assertThat(Totp.matching(SECRET, Totp.code(SECRET, now - 30), now, step))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'050471', true", "'050 471', true", "' 050471', true", "'50471', false", "'', false", "'०५०४७१', false"
    })
    void spacesAreIgnoredAndNothingElse(String typed, boolean right) {
        assertThat(Totp.matching(SECRET, typed, 1_111_111_111L, null).isPresent())
                .isEqualTo(right);
    }

    /// RFC 4648, section 10, without padding.
    @ParameterizedTest
    @CsvSource({"'', ''", "f, MY", "fo, MZXQ", "foo, MZXW6", "foob, MZXW6YQ", "fooba, MZXW6YTB", "foobar, MZXW6YTBOI"})
    void base32IsThatOfTheRfc(String text, String encoded) {
        assertThat(Base32.encode(text.getBytes(StandardCharsets.US_ASCII))).isEqualTo(encoded);
    }

    @Test
    void theAddressForAppsHasEverythingThatTheyNeed() {
        assertThat(SECRET.uri("Roster", "olga+x@north-tv.example"))
                .isEqualTo("otpauth://totp/Roster:olga%2Bx%40north-tv.example"
                        + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Roster&algorithm=SHA1&digits=6&period=30");
        assertThat(SECRET).hasToString("***");
    }

    @Test
    void recoveryCodesAreDifferentAndBoundToTheirAgent() {
        var codes = RecoveryCode.set();
        assertThat(codes.stream().map(RecoveryCode::value).collect(Collectors.toSet()))
                .hasSize(RecoveryCode.COUNT)
                .allMatch(code -> code.matches("[A-Z2-7]{4}(-[A-Z2-7]{4}){3}"));
        var code = codes.getFirst();
        assertThat(code).hasToString("***");
        assertThat(RecoveryCode.hash(
                        AGENT, code.value().toLowerCase(Locale.ROOT).replace('-', ' ')))
                .isEqualTo(RecoveryCode.hash(AGENT, code.value()))
                .isNotEqualTo(RecoveryCode.hash(new AgentId(new UUID(1, 3)), code.value()));
    }

    @Test
    void thePictureIsDarkOnWhiteWithoutStylesAndScripts() {
        var svg = QrCode.svg(SECRET.uri("Roster", "olga@north-tv.example"), "QR code of \"Olga\" <&>");
        assertThat(svg)
                .startsWith("<svg ")
                .endsWith("</svg>")
                .contains(
                        "fill=\"#ffffff\"",
                        "fill=\"#000000\"",
                        "aria-label=\"QR code of &quot;Olga&quot; &lt;&amp;&gt;\"")
                .doesNotContain("style", "script", "GEZDGNBV");
    }
}
