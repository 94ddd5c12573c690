package tv.roster.credentials.strength;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;

class PasswordTest {
    private static final String TELEVISION = "\uD83D\uDCFA";

    static Stream<Arguments> refusedChoices() {
        return Stream.of(
                arguments("nothing", "", ErrorCode.WEAK_PASSWORD),
                arguments("seven characters", "x7!kQ2z", ErrorCode.WEAK_PASSWORD),
                arguments("seven emoji of two chars each", TELEVISION.repeat(7), ErrorCode.WEAK_PASSWORD),
                arguments("eight code points that compose to four", "e\u0301".repeat(4), ErrorCode.WEAK_PASSWORD),
                arguments("a common one", "password1", ErrorCode.WEAK_PASSWORD),
                arguments("a common one in other letters", "PassWord1", ErrorCode.WEAK_PASSWORD),
                arguments("a common one in wide letters", "ｐａｓｓｗｏｒｄ", ErrorCode.WEAK_PASSWORD),
                arguments("eight spaces", "        ", ErrorCode.WEAK_PASSWORD),
                arguments("257 characters", "k".repeat(257), ErrorCode.TOO_LONG),
                arguments("257 emoji", TELEVISION.repeat(257), ErrorCode.TOO_LONG),
                arguments("a megabyte", "k".repeat(1 << 20), ErrorCode.TOO_LONG),
                arguments("a lone high surrogate", "longenough\uD83D", ErrorCode.INVALID_VALUE),
                arguments("a lone low surrogate", "\uDCFAlongenough", ErrorCode.INVALID_VALUE),
                arguments("a NUL", "long\0enough", ErrorCode.INVALID_VALUE),
                arguments("a tab", "long\tenough", ErrorCode.INVALID_VALUE),
                arguments("a line end", "longenough\n", ErrorCode.INVALID_VALUE),
                arguments("a delete character", "longenough\u007F", ErrorCode.INVALID_VALUE),
                arguments("a C1 control", "longenough\u0085", ErrorCode.INVALID_VALUE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedChoices")
    void whatCannotBeChosenIsRefusedWithItsCode(String what, String text, ErrorCode code) {
        assertThatThrownBy(() -> Password.chosen(text)).isInstanceOfSatisfying(InvalidValue.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(code);
            if (!text.isEmpty()) {
                assertThat(refusal.detail()).doesNotContain(text);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x7!kQ2zv",
                "correct horse battery staple",
                "kissanpäivät",
                "пароль-пароль",
                "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u2764\uFE0F\uD83D\uDCFA",
            })
    void anythingElseMayBeChosenWithoutRulesOfComposition(String text) {
        assertThatCode(() -> Password.chosen(text)).doesNotThrowAnyException();
    }

    @Test
    void eightAnd256CodePointsAreJustEnough() {
        var seven = "1 2 3 \uD83D\uDCFB";
        assertThat(Password.chosen(seven + TELEVISION).bytes()).hasSize(14);
        assertThat(Password.chosen(seven + TELEVISION.repeat(249)).bytes()).hasSize(6 + 4 * 250);
    }

    static Stream<Arguments> preparations() {
        return Stream.of(
                arguments("spaces around stay", "  both ends ", "  both ends "),
                arguments("case stays", "MiXeD case", "MiXeD case"),
                arguments("no-break space", "my\u00A0password", "my password"),
                arguments("ideographic space", "my\u3000password", "my password"),
                arguments("decomposed letters", "kissanpa\u0308iva\u0308t", "kissanp\u00E4iv\u00E4t"),
                arguments("angstrom sign", "\u212Bngstr\u00F6ms", "\u00C5ngstr\u00F6ms"),
                arguments("superscript stays", "area x\u00B2 + y", "area x\u00B2 + y"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("preparations")
    void passwordsArePreparedAsOpaqueStrings(String what, String typed, String prepared) {
        byte[] expected = prepared.getBytes(StandardCharsets.UTF_8);
        assertThat(Password.chosen(typed).bytes()).isEqualTo(expected);
        assertThat(Password.presented(typed).bytes()).isEqualTo(expected);
    }

    @Test
    void theTextAsTypedIsKeptOnlyWherePreparationChangedIt() {
        assertThat(Password.presented("plain text").bytesAsTyped()).isEmpty();
        assertThat(Password.presented("a\u0308").bytesAsTyped())
                .hasValueSatisfying(bytes -> assertThat(bytes).hasSize(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "password1", "with\ttab"})
    void weakPasswordsMayBePresentedForTheyMayHaveBeenChosenElsewhere(String text) {
        assertThat(Password.presented(text).bytes()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatNobodyCanHaveIsRefusedWhenPresented() {
        assertThatThrownBy(() -> Password.presented("k".repeat(257))).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> Password.presented("nul\0")).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> Password.presented("\uDC00")).isInstanceOf(InvalidValue.class);
    }

    @Test
    void decomposedTextIsMeasuredAfterPreparation() {
        String threeCodePointsThatComposeToOne = "\u03B1\u0314\u0342\u0345";
        assertThat(Password.presented(threeCodePointsThatComposeToOne.repeat(256))
                        .bytes())
                .hasSize(256 * 3);
    }

    @Test
    void thePasswordIsNotShown() {
        assertThat(Password.chosen("x7!kQ2zv")).hasToString("***");
    }
}
