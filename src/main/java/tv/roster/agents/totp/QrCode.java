package tv.roster.agents.totp;

import io.nayuki.qrcodegen.QrCode.Ecc;

/// A text as a picture that telephones can read.
public final class QrCode {
    /// The margin that readers need (ISO/IEC 18004), in modules.
    private static final int QUIET_ZONE = 4;

    private QrCode() {}

    /// An SVG element without styles or scripts. Always dark on white, whatever the colours of the page: many readers
    /// cannot read the inverse.
    ///
    /// @param label what the picture is, for those who cannot see it
    public static String svg(String text, String label) {
        var code = io.nayuki.qrcodegen.QrCode.encodeText(text, Ecc.MEDIUM);
        int size = code.size + 2 * QUIET_ZONE;
        var path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (code.getModule(x, y)) {
                    path.append('M')
                            .append(x + QUIET_ZONE)
                            .append(' ')
                            .append(y + QUIET_ZONE)
                            .append("h1v1h-1z");
                }
            }
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" class="qr-code" role="img" aria-label="%s" \
                viewBox="0 0 %d %d" width="%d" height="%d" shape-rendering="crispEdges">\
                <rect width="%d" height="%d" fill="#ffffff"/><path d="%s" fill="#000000"/></svg>""".formatted(escaped(label), size, size, size * 5, size * 5, size, size, path);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
