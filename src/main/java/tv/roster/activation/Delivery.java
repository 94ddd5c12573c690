package tv.roster.activation;

import java.util.Locale;
import tv.roster.platform.problems.InvalidValue;

/// Who delivers a link to the subscriber: Roster by mail, or the caller.
enum Delivery {
    EMAIL,
    NONE;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Delivery parse(String text) {
        return switch (text) {
            case "email" -> EMAIL;
            case "none" -> NONE;
            default -> throw new InvalidValue("The delivery is email or none.");
        };
    }
}
