package tv.roster.testing;

import tools.jackson.databind.node.JsonNodeFactory;

/// JSON as tests write it: with single quotes, so that it needs no escapes in a string of Java.
public final class Json {
    private Json() {}

    /// The JSON that this text means: single quotes around a string become double ones. A string in double quotes
    /// stays as it is, so a value with an apostrophe is written with them, in a text block.
    public static String json(String text) {
        var json = new StringBuilder(text);
        char open = 0;
        for (int at = 0; at < text.length(); at++) {
            char next = text.charAt(at);
            if (open != 0 && next == '\\') {
                at++;
            } else if (open == 0 ? next == '\'' || next == '"' : next == open) {
                json.setCharAt(at, '"');
                open = open == 0 ? next : 0;
            }
        }
        return json.toString();
    }

    /// Any text as a JSON string.
    public static String quoted(String text) {
        return JsonNodeFactory.instance.stringNode(text).toString();
    }
}
