package tv.roster.console.subscribers;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// The events of a subscriber in plain language, newest first.
public final class Timeline {
    private static final String LOGIN_RESTRICTED = "LOGIN_RESTRICTED";
    private static final Duration LOCKOUT = Duration.ofMinutes(15);

    private final Names names;

    Timeline(Names names) {
        this.names = names;
    }

    /// What happened, when (epoch seconds), and by whom.
    public record Entry(long time, List<String> sentences, String by) {
        public Entry {
            sentences = List.copyOf(sentences);
        }

        @Override
        public String toString() {
            return "Entry[" + time + "]";
        }
    }

    /// What authors are called.
    interface Names {
        /// The name of the key or agent, or null.
        @Nullable
        String of(String actorKind, String id);
    }

    /// The first `most` of these resource objects of type `Event`. Each is compared with the one after it, which is
    /// the one before in time.
    List<Entry> of(List<JsonNode> events, int most) {
        var entries = new ArrayList<Entry>();
        for (int index = 0; index < Math.min(most, events.size()); index++) {
            var event = events.get(index).path("attributes");
            entries.add(new Entry(time(event), sentences(event, before(events, index)), by(event.path("actor"))));
        }
        return entries;
    }

    /// When a subscriber who is suspended now was suspended, in epoch seconds; null if that is not among these events,
    /// the latest ones.
    static @Nullable Long suspendedTime(List<JsonNode> events) {
        for (int index = 0; index < events.size(); index++) {
            var event = events.get(index).path("attributes");
            var before = before(events, index);
            boolean isFirst = event.path("kind").asString("").equals("user.created");
            if (isSuspended(event.path("user")) && (isFirst || (before.isObject() && !isSuspended(before)))) {
                return time(event);
            }
        }
        return null;
    }

    private static boolean isSuspended(JsonNode user) {
        return user.path("user_flags")
                .valueStream()
                .anyMatch(flag -> flag.asString("").equals(LOGIN_RESTRICTED));
    }

    private static long time(JsonNode event) {
        return OffsetDateTime.parse(event.path("time").asString()).toEpochSecond();
    }

    private static JsonNode before(List<JsonNode> events, int index) {
        for (var earlier : events.subList(index + 1, events.size())) {
            var user = earlier.path("attributes").path("user");
            if (user.isObject()) {
                return user;
            }
        }
        return MissingNode.getInstance();
    }

    private String by(JsonNode actor) {
        var kind = actor.path("kind").asString("");
        var id = actor.path("id").asString("");
        return switch (kind) {
            case "KEY" -> "by key " + named(kind, id, "that no longer exists");
            case "AGENT" -> "by " + named(kind, id, "an agent who no longer exists");
            case "IMPORT" -> "by an import";
            case "SUBSCRIBER" -> "by the subscriber";
            default -> "by Roster";
        };
    }

    private String named(String kind, String id, String unknown) {
        var name = names.of(kind, id);
        return name == null ? unknown : name;
    }

    private static List<String> sentences(JsonNode event, JsonNode before) {
        var profile = event.path("profile").path("name").asString("");
        return switch (event.path("kind").asString("")) {
            case "user.created" -> List.of("Created");
            case "user.updated" -> changes(event, before);
            case "user.activated" -> List.of("Registered by activation link");
            case "user.password_changed" -> List.of("Password changed");
            case "user.deleted" -> List.of("Deleted");
            case "user.restored" -> List.of("Restored");
            case "user.erased" -> List.of("Erased");
            case "user.login_locked" -> List.of("10 wrong passwords: locked for " + LOCKOUT.toMinutes() + " minutes");
            case "user.activation_link_made" -> List.of("Activation link made");
            case "user.password_reset_link_made" -> List.of("Password reset link made");
            case "profile.created" -> List.of("Profile " + quoted(profile) + " created");
            case "profile.updated" -> List.of("Profile " + quoted(profile) + " changed");
            case "profile.deleted" -> List.of("Profile deleted");
            default -> List.of(event.path("kind").asString(""));
        };
    }

    private static List<String> changes(JsonNode event, JsonNode before) {
        var after = event.path("user");
        var sentences = new ArrayList<String>();
        for (var changed : event.path("changed")) {
            switch (changed.asString()) {
                case "user_flags" -> sentences.addAll(flags(before.path("user_flags"), after.path("user_flags")));
                case "registration_information.registration_state" ->
                    sentences.add(
                            after.path("registration_information")
                                            .path("registration_state")
                                            .asString("")
                                            .equals("REGISTERED")
                                    ? "Set to registered"
                                    : "Set to not registered");
                case "registration_information.registration_time" -> {}
                default -> sentences.add(change(changed.asString(), before, after));
            }
        }
        return sentences.isEmpty() ? List.of("Changed") : sentences;
    }

    private static String change(String path, JsonNode before, JsonNode after) {
        var label = switch (path) {
            case "name" -> "Name";
            case "contact_details.email" -> "E-mail address";
            case "contact_details.telephone_number_E123" -> "Telephone number";
            case "external_id" -> "External id";
            case "default_user_profile" -> "Default profile";
            case "meta.security.password_set", "security.password_set", "password_set" -> "Password";
            default -> path;
        };
        var pointer = "/" + path.replace('.', '/');
        var from = before.at(pointer);
        var to = after.at(pointer);
        if (!to.isString() && !to.isNull()) {
            return label + " changed";
        }
        if (to.isNull()) {
            return label + " removed" + (from.isString() ? " (was " + quoted(from.asString()) + ")" : "");
        }
        return from.isString()
                ? label + " changed from " + quoted(from.asString()) + " to " + quoted(to.asString())
                : label + " set to " + quoted(to.asString());
    }

    private static List<String> flags(JsonNode before, JsonNode after) {
        var had = new TreeSet<String>();
        before.forEach(flag -> had.add(flag.asString()));
        var has = new TreeSet<String>();
        after.forEach(flag -> has.add(flag.asString()));
        var sentences = new ArrayList<String>();
        has.stream()
                .filter(flag -> !had.contains(flag))
                .forEach(flag -> sentences.add(flag.equals(LOGIN_RESTRICTED) ? "Suspended" : "Flag " + flag + " set"));
        had.stream()
                .filter(flag -> !has.contains(flag))
                .forEach(flag ->
                        sentences.add(flag.equals(LOGIN_RESTRICTED) ? "Brought back" : "Flag " + flag + " removed"));
        return sentences.isEmpty() ? List.of("Flags changed") : sentences;
    }

    private static String quoted(String text) {
        return "“" + text + "”";
    }
}
