package tv.roster.values.languages;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A language of the pages and mails for subscribers.
public enum Language {
    EN("English"),
    FI("Suomi"),
    SV("Svenska"),
    DE("Deutsch"),
    ES("Español");

    private static final int LONGEST_HEADER = 500;

    private final String ownName;
    private final Locale locale;

    Language(String ownName) {
        this.ownName = ownName;
        this.locale = Locale.of(tag());
    }

    /// The language's tag (RFC 5646), such as `fi`.
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The language's name in the language itself.
    public String ownName() {
        return ownName;
    }

    public Locale locale() {
        return locale;
    }

    public static Optional<Language> tagged(@Nullable String tag) {
        return Arrays.stream(values())
                .filter(language -> language.tag().equals(tag))
                .findFirst();
    }

    /// The language among `offered` that an `Accept-Language` header prefers (lookup of RFC 4647, section 3.4), or
    /// the first of them if none matches. An invalid header is ignored.
    public static Language preferred(@Nullable String acceptLanguage, List<Language> offered) {
        var first = offered.getFirst();
        if (acceptLanguage == null || acceptLanguage.length() > LONGEST_HEADER) {
            return first;
        }
        try {
            var ranges = LanguageRange.parse(acceptLanguage).stream()
                    .filter(range -> range.getWeight() > 0)
                    .toList();
            var tag =
                    Locale.lookupTag(ranges, offered.stream().map(Language::tag).toList());
            return tagged(tag).orElse(first);
        } catch (IllegalArgumentException notAHeader) {
            return first;
        }
    }
}
