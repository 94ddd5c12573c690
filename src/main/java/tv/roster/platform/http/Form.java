package tv.roster.platform.http;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;
import tv.roster.values.text.PercentEncoding;

/// The fields of a page's form, sent as `application/x-www-form-urlencoded` (URL Standard, section 5).
public final class Form {
    private static final String TYPE = "application/x-www-form-urlencoded";

    /// A form that nobody has sent.
    public static final Form EMPTY = new Form(Map.of());

    private final Map<String, String> fields;

    private Form(Map<String, String> fields) {
        this.fields = fields;
    }

    static Form read(@Nullable String contentType, byte[] body) {
        var type = contentType == null ? "" : contentType.split(";", 2)[0].strip();
        if (!type.toLowerCase(Locale.ROOT).equals(TYPE)) {
            throw new Refusal(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Send " + TYPE + ".", Source.header("Content-Type"));
        }
        return new Form(fields(new String(body, StandardCharsets.ISO_8859_1)));
    }

    /// Of fields with the same name the first one counts; one that is not decodable is not there.
    static Map<String, String> fields(String encoded) {
        var fields = new HashMap<String, String>();
        for (var pair : encoded.split("&", -1)) {
            int equals = pair.indexOf('=');
            var name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            var value = decoded(equals < 0 ? "" : pair.substring(equals + 1));
            if (name != null && value != null) {
                fields.putIfAbsent(name, value);
            }
        }
        return fields;
    }

    private static @Nullable String decoded(String text) {
        return PercentEncoding.decode(text.replace('+', ' '));
    }

    /// The field's text, empty where it was not sent.
    public String text(String name) {
        return fields.getOrDefault(name, "");
    }

    @Override
    public String toString() {
        return "Form" + fields.keySet();
    }
}
