package tv.roster.values.brands;

import java.util.Locale;
import java.util.regex.Pattern;
import tv.roster.platform.problems.InvalidValue;

/// An operator's colour, and the colours derived from it, so that everything in it and on it is readable: at least
/// 4.5:1, by the definition of contrast in WCAG 2.2.
///
/// @param rgb 8 bits each of red, green and blue
public record BrandColor(int rgb) {
    public static final BrandColor OF_ROSTER = new BrandColor(0x0b5c63);

    private static final Pattern FORM = Pattern.compile("#[0-9a-fA-F]{6}");
    private static final int HEXADECIMAL = 16;

    private static final BrandColor BLACK = new BrandColor(0x000000);
    private static final BrandColor WHITE = new BrandColor(0xffffff);

    /// The darker of the two grounds of the pages in the light, and the lighter one in the dark.
    static final BrandColor LIGHT_GROUND = new BrandColor(0xf3f6f6);

    static final BrandColor DARK_GROUND = new BrandColor(0x1a2424);

    private static final double LEAST_CONTRAST = 4.5;
    private static final int STEPS = 32;

    /// Throws [InvalidValue] unless the text is `#` with six hexadecimal digits.
    public static BrandColor parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new InvalidValue("A colour is written as # with six hexadecimal digits, such as #0b5c63.");
        }
        return new BrandColor(Integer.parseInt(text, 1, text.length(), HEXADECIMAL));
    }

    /// Black or white, whichever is easier to read on this colour; one of them always has a contrast of 4.58:1.
    public BrandColor ink() {
        return contrast(BLACK) >= contrast(WHITE) ? BLACK : WHITE;
    }

    /// This colour as dark as text on the light ground has to be.
    public BrandColor onLight() {
        return towards(BLACK, LIGHT_GROUND);
    }

    /// This colour as light as text on the dark ground has to be.
    public BrandColor onDark() {
        return towards(WHITE, DARK_GROUND);
    }

    private BrandColor towards(BrandColor end, BrandColor ground) {
        for (int step = 0; step < STEPS; step++) {
            var mixed = mixed(end, step);
            if (mixed.contrast(ground) >= LEAST_CONTRAST) {
                return mixed;
            }
        }
        return end;
    }

    private BrandColor mixed(BrandColor end, int step) {
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            mixed |= ((channel(shift) * (STEPS - step) + end.channel(shift) * step) / STEPS) << shift;
        }
        return new BrandColor(mixed);
    }

    /// The contrast ratio of two colours, 1 to 21.
    double contrast(BrandColor other) {
        double lighter = Math.max(luminance(), other.luminance());
        double darker = Math.min(luminance(), other.luminance());
        return (lighter + 0.05) / (darker + 0.05);
    }

    private double luminance() {
        return 0.2126 * linear(channel(16)) + 0.7152 * linear(channel(8)) + 0.0722 * linear(channel(0));
    }

    private static double linear(int channel) {
        double value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    private int channel(int shift) {
        return (rgb >> shift) & 0xff;
    }

    /// Six hexadecimal digits.
    public String digits() {
        return String.format(Locale.ROOT, "%06x", rgb);
    }

    @Override
    public String toString() {
        return "#" + digits();
    }
}
