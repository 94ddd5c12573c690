package tv.roster.credentials.hashes;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.problems.InvalidValue;

/// The fields of a hash's text by name. Its error messages contain the format, the field and the limits, never the
/// text.
final class HashText {
    private final String format;
    private final Matcher fields;

    private HashText(String format, Matcher fields) {
        this.format = format;
        this.fields = fields;
    }

    static HashText match(String format, Pattern form, String text) {
        Matcher fields = form.matcher(text);
        if (!fields.matches()) {
            throw malformed(format);
        }
        return new HashText(format, fields);
    }

    static InvalidValue malformed(String format) {
        return new InvalidValue("The " + format + " hash is malformed.");
    }

    /// A field that is always present.
    String field(String name) {
        String value = fields.group(name);
        if (value == null) {
            throw malformed(format);
        }
        return value;
    }

    @Nullable
    String optionalField(String name) {
        return fields.group(name);
    }

    /// A decimal number without leading zeros.
    int number(String name, String meaning, int smallest, int largest) {
        String digits = field(name);
        if (digits.length() > 1 && digits.startsWith("0")) {
            throw malformed(format);
        }
        long value = digits.length() > 10 ? Long.MAX_VALUE : Long.parseLong(digits);
        if (value < smallest || value > largest) {
            throw outside(meaning, smallest + " to " + largest);
        }
        return (int) value;
    }

    /// Base64 with or without padding; `.` is accepted for `+`, as Passlib writes it.
    byte[] base64(String name, String meaning, int shortest, int longest) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(field(name).replace('.', '+'));
        } catch (IllegalArgumentException e) {
            throw malformed(format);
        }
        if (bytes.length < shortest || bytes.length > longest) {
            throw outside(meaning, shortest + " to " + longest + " bytes long");
        }
        return bytes;
    }

    InvalidValue outside(String meaning, String bounds) {
        return new InvalidValue("The " + meaning + " of the " + format + " hash must be " + bounds + ".");
    }
}
