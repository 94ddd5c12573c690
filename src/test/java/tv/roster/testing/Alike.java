package tv.roster.testing;

import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Whether an answer is as a guide prints it: ids, times and the server's address may be others, and `…` stands for
/// anything, as a member for any more members.
public final class Alike {
    private static final String ANYTHING = "…";
    private static final long FIRST_TIME = 1_500_000_000;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}");
    private static final Pattern ADDRESS = Pattern.compile("https?://(127\\.0\\.0\\.1:[0-9]+|roster\\.example)");

    private Alike() {}

    public static boolean texts(String printed, String real) {
        var pattern = new StringBuilder();
        for (var part : plain(printed).split(ANYTHING, -1)) {
            pattern.append(pattern.isEmpty() ? "" : ".*").append(Pattern.quote(part));
        }
        return Pattern.compile(pattern.toString(), Pattern.DOTALL)
                .matcher(plain(real))
                .matches();
    }

    private static String plain(String text) {
        return ADDRESS.matcher(ID.matcher(text).replaceAll("ID")).replaceAll("ADDRESS");
    }

    public static boolean documents(JsonNode printed, JsonNode real) {
        if (printed.isString()) {
            return printed.asString().equals(ANYTHING)
                    || (real.isString() && texts(printed.asString(), real.asString()));
        }
        if (printed.isIntegralNumber() && printed.asLong() > FIRST_TIME) {
            return real.isIntegralNumber() && real.asLong() > FIRST_TIME;
        }
        if (printed.isArray()) {
            return real.isArray() && arrays(printed, real);
        }
        return printed.isObject() ? real.isObject() && objects(printed, real) : printed.equals(real);
    }

    private static boolean arrays(JsonNode printed, JsonNode real) {
        boolean alike = printed.size() == real.size();
        for (int at = 0; alike && at < printed.size(); at++) {
            alike = documents(printed.get(at), real.get(at));
        }
        return alike;
    }

    private static boolean objects(JsonNode printed, JsonNode real) {
        for (var member : printed.properties()) {
            boolean alike = member.getKey().equals(ANYTHING)
                    || (real.has(member.getKey()) && documents(member.getValue(), real.get(member.getKey())));
            if (!alike) {
                return false;
            }
        }
        return printed.has(ANYTHING) || printed.size() == real.size();
    }
}
