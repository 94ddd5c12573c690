package tv.roster.users.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;

class ExternalIdTest {
    @ParameterizedTest
    @ValueSource(strings = {"1", "cid-000042", "a b", "a\u200Bb", "a/b?c=d&e#f%20", "..", "客户42", "\uD83D\uDE00"})
    void keepsIdsByteForByte(String id) {
        assertThat(ExternalId.parse(id).value()).isEqualTo(id);
    }

    @Test
    void tellsCapitalsFromSmallLetters() {
        assertThat(ExternalId.parse("a")).isNotEqualTo(ExternalId.parse("A"));
    }

    @ParameterizedTest(name = "case {index}")
    @ValueSource(strings = {"", "a\u0000", "a\tb", "a\n", "\u007F", "\u009F", "a\uD83D", "\uDE00"})
    void refusesEmptyIdsAndControlCharacters(String id) {
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> ExternalId.parse(id));
    }

    @ParameterizedTest(name = "case {index}")
    @ValueSource(
            strings = {
                " a", "a ", " ", "\u00A0a", "a\u3000", "a\u2003", "\u1680a", "a\u202F", "a\u2028", "\uFEFFa", "a\u200B",
                "a\u2060", "\u00ADa", "\u2800", "\u3164a", "a\u115F", "a\uFFA0", "a\uFE0F", "a\u034F", "a\uFFFE",
                "\uE000"
            })
    void refusesWhatCannotBeSeenAtEitherEnd(String id) {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> ExternalId.parse(id))
                .withMessageContaining("white space");
    }

    @Test
    void countsCodePoints() {
        assertThat(ExternalId.parse("\uD83D\uDE00".repeat(128)).value()).hasSize(256);
        assertThat(catchThrowableOfType(InvalidValue.class, () -> ExternalId.parse("a".repeat(129)))
                        .code())
                .isEqualTo(ErrorCode.TOO_LONG);
    }
}
