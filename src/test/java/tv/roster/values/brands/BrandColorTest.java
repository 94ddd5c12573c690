package tv.roster.values.brands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.platform.templates.Stylesheet;

class BrandColorTest {
    private static final double READABLE = 4.5;

    private static List<BrandColor> cube() {
        var colors = new ArrayList<BrandColor>();
        for (int rgb = 0; rgb <= 0xffffff; rgb += 0x000f11) {
            colors.add(new BrandColor(rgb));
        }
        return colors;
    }

    @Test
    void whateverTheColourAllTextsAreReadable() {
        assertThat(cube()).hasSizeGreaterThan(4000).allSatisfy(color -> {
            assertThat(color.contrast(color.ink())).isGreaterThanOrEqualTo(READABLE);
            assertThat(color.onLight().contrast(BrandColor.LIGHT_GROUND)).isGreaterThanOrEqualTo(READABLE);
            assertThat(color.onDark().contrast(BrandColor.DARK_GROUND)).isGreaterThanOrEqualTo(READABLE);
        });
    }

    /// Ratios as in the tables of the WCAG and of WebAIM's checker.
    @ParameterizedTest
    @CsvSource({"#000000, #ffffff, 21", "#777777, #ffffff, 4.48", "#0000ff, #ffffff, 8.59", "#ffe600, #ffe600, 1"})
    void contrastIsThatOfTheGuidelines(String one, String other, double ratio) {
        assertThat(BrandColor.parse(one).contrast(BrandColor.parse(other))).isEqualTo(ratio, offset(0.005));
    }

    @Test
    void aColourThatIsReadableAlreadyStaysAsItIs() {
        var teal = BrandColor.parse("#0B5C63");
        assertThat(teal.onLight()).hasToString("#0b5c63");
        assertThat(BrandColor.parse("#6fd0d6").onDark()).hasToString("#6fd0d6");
    }

    @Test
    void theGroundsAreThoseOfTheStylesheet() throws IOException {
        try (var stream = Stylesheet.class.getResourceAsStream("base.css")) {
            assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("--bg: " + BrandColor.LIGHT_GROUND + ";", "--surface: " + BrandColor.DARK_GROUND + ";");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "red", "#fff", "0b5c63", "#0b5c6g", "#0b5c634", "#0b5c63;", "rgb(0,0,0)", "#0b5c63\n"})
    void whatIsNoColourIsRefusedWithTheFormOfOne(String text) {
        assertThatThrownBy(() -> BrandColor.parse(text))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("#0b5c63");
    }
}
