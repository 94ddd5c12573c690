package tv.roster.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.profiles.ProfileName;
import tv.roster.users.values.EmailAddress;
import tv.roster.users.values.ExternalId;
import tv.roster.users.values.FullName;
import tv.roster.users.values.TelephoneNumber;
import tv.roster.users.values.UserFlag;

/// Whatever is thrown at the values: they exist, valid, or say in a sentence why not.
class ValuesUnderFireTest {
    private static final List<Function<String, Object>> PARSERS = List.of(
            EmailAddress::parse,
            TelephoneNumber::parse,
            FullName::parse,
            ExternalId::parse,
            UserFlag::parse,
            ProfileName::parse);

    private static final List<String> SEEDS = List.of(
            "user@example.com",
            "\"a b\\\"\"@[IPv6:2001:db8::1]",
            "jürgen@xn--mnchen-3ya.de",
            "user@نامه\u200Cای.com",
            "+358 40 123 4567",
            "00358 (0)40-123 4567",
            "+39 06 1234 5678",
            "José \uD83D\uDC68\u200D\uD83D\uDC69 Müller",
            "LOGIN_RESTRICTED");

    private static final String SIGNS = "@.\"\\[]:-+()<> 0123456789xnaZ\u0000\u0007\t\n\u007F\u00A0\u00ADüßİıΣς\u0301"
            + "\u0345\u0660א\u05F3م\u200C\u200D\u202E\u2028。ｅ々・\uFEFF\uFFFF\uD83D\uDE00\uD800\uDFFF";

    @ParameterizedTest(name = "seed {0}")
    @MethodSource
    void refuseRandomTextsInASentenceAtWorst(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 4_000; round++) {
            String text = mutated(SEEDS.get(random.nextInt(SEEDS.size())), random);
            PARSERS.forEach(parser -> assertParsesOrRefuses(parser, text));
            assertThat(FullName.fold(FullName.fold(text))).isEqualTo(FullName.fold(text));
        }
    }

    static Stream<Long> refuseRandomTextsInASentenceAtWorst() {
        return Stream.of(1L, 2L, 3L, 4L);
    }

    /// That they say "too long" of a text which is wrong in other ways too shows that they look at its length
    /// first, and at nothing else of it.
    @ParameterizedTest(name = "case {index}")
    @ValueSource(
            strings = {"a", "@", ".", "a.", "a@", "\"", "\\", "\"\\", "(", "+", "0 ", " ", "\0", "ü", "\u0301", "xn--"})
    void refuseAMebibyteByItsLengthAlone(String unit) {
        String text = unit.repeat((1 << 20) / unit.length());

        for (Function<String, Object> parser : PARSERS) {
            assertThat(catchThrowableOfType(InvalidValue.class, () -> parser.apply(text))
                            .code())
                    .isEqualTo(ErrorCode.TOO_LONG);
        }
    }

    private static String mutated(String seed, Random random) {
        StringBuilder text = new StringBuilder(seed);
        for (int change = random.nextInt(5); change > 0; change--) {
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, SIGNS.charAt(random.nextInt(SIGNS.length())));
                case 1 -> text.delete(at, Math.min(text.length(), at + 1));
                case 2 -> text.insert(at, SEEDS.get(random.nextInt(SEEDS.size())));
                default -> text.insert(at, Character.toChars(random.nextInt(Character.MAX_CODE_POINT + 1)));
            }
        }
        return text.toString();
    }

    private static void assertParsesOrRefuses(Function<String, Object> parser, String text) {
        try {
            assertThat(parser.apply(text)).isNotNull();
        } catch (InvalidValue refusal) {
            assertThat(refusal.detail()).endsWith(".").hasSizeLessThan(300);
        }
    }
}
