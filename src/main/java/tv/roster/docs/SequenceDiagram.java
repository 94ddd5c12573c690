package tv.roster.docs;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Shows a sequence diagram in the notation of Mermaid as a list of its steps, which needs no script, fits any width,
/// and can be read aloud.
final class SequenceDiagram {
    private static final Pattern NAME = Pattern.compile("(?:actor|participant) (\\w+)(?: as (.+))?");
    private static final Pattern MESSAGE = Pattern.compile("(\\w+)-{1,2}>>(\\w+): (.+)");
    private static final Pattern NOTE = Pattern.compile("Note over ([\\w,]+): (.+)");

    private final Map<String, String> names = new HashMap<>();
    private final StringBuilder steps = new StringBuilder("<ol class=\"steps\">\n");

    private SequenceDiagram() {}

    static String html(String source) {
        var diagram = new SequenceDiagram();
        source.lines().map(String::strip).forEach(diagram::read);
        return diagram.steps.append("</ol>\n").toString();
    }

    private void read(String line) {
        var name = NAME.matcher(line);
        var message = MESSAGE.matcher(line);
        var note = NOTE.matcher(line);
        if (name.matches()) {
            names.put(name.group(1), name.group(2) == null ? name.group(1) : name.group(2));
        } else if (message.matches()) {
            add("<b>" + named(message.group(1)) + "</b> → <b>" + named(message.group(2)) + "</b>", message.group(3));
        } else if (note.matches()) {
            add("<b>" + named(note.group(1)) + "</b>", note.group(2));
        }
    }

    private String named(String word) {
        return Markup.escape(names.getOrDefault(word, word));
    }

    private void add(String who, String what) {
        steps.append("<li>")
                .append(who)
                .append(": ")
                .append(Markup.escape(what.replace("<br/>", " ")))
                .append("</li>\n");
    }
}
