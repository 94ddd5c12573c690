package tv.roster.docs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// The explanation of each code in `docs/errors.md`: the Markdown below its heading.
final class ErrorGuide {
    private static final Pattern HEADING = Pattern.compile("(?m)^## `([a-z_]+)`\\R");

    private ErrorGuide() {}

    static Map<String, String> sections() {
        var text = Files.text("guides/errors.md");
        var sections = new LinkedHashMap<String, String>();
        var heading = HEADING.matcher(text);
        String code = null;
        int from = 0;
        while (heading.find()) {
            if (code != null) {
                sections.put(code, text.substring(from, heading.start()).strip());
            }
            code = heading.group(1);
            from = heading.end();
        }
        if (code != null) {
            sections.put(code, text.substring(from).strip());
        }
        return sections;
    }
}
