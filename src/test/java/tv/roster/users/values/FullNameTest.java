package tv.roster.users.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;

class FullNameTest {
    @ParameterizedTest(name = "{1}")
    @MethodSource
    void keepsNamesByteForByte(String name, String why) {
        assertThat(FullName.parse(name).value()).isEqualTo(name);
    }

    static Stream<Arguments> keepsNamesByteForByte() {
        return Stream.of(
                arguments("X", "one letter"),
                arguments("Ada Lovelace", "two words"),
                arguments("  Ada ", "white space around"),
                arguments("\u3000山田\u3000太郎\u3000", "ideographic spaces"),
                arguments("Zoe\u0308", "decomposed"),
                arguments("O'Brien-Smith, Jr.", "punctuation"),
                arguments("علی\u200Cرضا", "non-joiner within a Persian name"),
                arguments("ශ්\u200Dරී", "joiner within a Sinhala name"),
                arguments("\u200Fدوד\u200E", "plain marks of direction"),
                arguments("\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67", "a family of emoji"),
                arguments("\uD840\uDC00", "beyond the basic plane"),
                arguments("a".repeat(256), "256 letters"),
                arguments("\uD840\uDC00".repeat(256), "256 letters beyond the basic plane"),
                arguments(
                        "\u3000".repeat(256) + "山".repeat(256) + "\u3000".repeat(256), "256 letters and white space"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource
    void refusesWhatIsNoName(String name, String why, ErrorCode code) {
        InvalidValue refusal = catchThrowableOfType(InvalidValue.class, () -> FullName.parse(name));

        assertThat(refusal.code()).isEqualTo(code);
    }

    static Stream<Arguments> refusesWhatIsNoName() {
        return Stream.of(
                arguments("", "empty", ErrorCode.INVALID_VALUE),
                arguments("   ", "spaces", ErrorCode.INVALID_VALUE),
                arguments("\u00A0\u2007\u3000", "spaces beyond ASCII", ErrorCode.INVALID_VALUE),
                arguments("\u200B\uFEFF", "nothing to be seen", ErrorCode.INVALID_VALUE),
                arguments("a\u0000b", "NUL", ErrorCode.INVALID_VALUE),
                arguments("a\tb", "tab", ErrorCode.INVALID_VALUE),
                arguments("a\n", "line break at the end", ErrorCode.INVALID_VALUE),
                arguments("a\u0085b", "next line", ErrorCode.INVALID_VALUE),
                arguments("a\u2028b", "line separator", ErrorCode.INVALID_VALUE),
                arguments("a\u202Eb", "direction override", ErrorCode.INVALID_VALUE),
                arguments("a\u2066b", "direction isolate", ErrorCode.INVALID_VALUE),
                arguments("a\uD83Db", "first half of a pair", ErrorCode.INVALID_VALUE),
                arguments("a\uDC68", "second half of a pair", ErrorCode.INVALID_VALUE),
                arguments("a".repeat(257), "257 letters", ErrorCode.TOO_LONG),
                arguments("\uD840\uDC00".repeat(257), "257 letters beyond the basic plane", ErrorCode.TOO_LONG),
                arguments("a" + " ".repeat(1024), "white space without end", ErrorCode.TOO_LONG));
    }

    @ParameterizedTest(name = "{0} as {1}")
    @CsvSource(delimiter = '|', textBlock = """
            José Müller        | jose muller
            JOSE  MULLER       | jose muller
            Straße             | strasse
            STRAẞE             | strasse
            Øystein Đurđević   | oystein durdevic
            Łukasz Żółć        | lukasz zolc
            Æsa Œuvre          | aesa oeuvre
            Þórður             | thordur
            Ιωάννης            | ιωαννησ
            ΙΩΑΝΝΗΣ            | ιωαννησ
            Işık İnci          | isik inci
            Nguyễn Thị Ánh     | nguyen thi anh
            Семён              | семен
            O’Brien            | o'brien
            O´Brien            | o'brien
            Anne‑Marie         | anne-marie
            ＡＢＣ              | abc
            ﬁn                 | fin
            مُحَمَّد            | محمد
            שָׁלוֹם             | שלום
            ガガ               | ガガ
            कुमार              | कुमार
            각                 | 각
            """)
    void foldsCaseAndAccentsForSearch(String name, String folded) {
        assertThat(FullName.parse(name).folded()).isEqualTo(folded);
        assertThat(FullName.fold(folded)).isEqualTo(folded);
    }

    @Test
    void foldsWhiteSpaceToSingleSpaces() {
        assertThat(FullName.fold(" \u3000Ada\u00A0\u2003 Lovelace ")).isEqualTo("ada lovelace");
        assertThat(FullName.fold(" \u0301\u200B ")).isEmpty();
    }

    @Test
    void sortsByItsLowerCaseForm() {
        assertThat(FullName.parse(" Ángela ÖZ").sortKey()).isEqualTo(" ángela öz");
    }
}
