package tv.roster.events.feed;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.problems.InvalidValue;

/// What happened to a user, as readers of the feed tell it apart. The event log has finer kinds for some.
public enum EventKind {
    USER_CREATED("user.created"),
    USER_UPDATED("user.updated"),
    USER_ACTIVATED("user.activated"),
    USER_PASSWORD_CHANGED("user.password_changed", "user.password_reset", "user.password_imported"),
    USER_DELETED("user.deleted"),
    USER_RESTORED("user.restored"),
    USER_ERASED("user.erased"),
    USER_LOGIN_LOCKED("user.login_locked"),
    USER_ACTIVATION_LINK_MADE("user.activation_link_made"),
    USER_PASSWORD_RESET_LINK_MADE("user.password_reset_link_made"),
    PROFILE_CREATED("profile.created"),
    PROFILE_UPDATED("profile.updated"),
    PROFILE_DELETED("profile.deleted");

    private static final Map<String, EventKind> STORED = Arrays.stream(values())
            .flatMap(kind -> kind.stored().map(word -> Map.entry(word, kind)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private static final Map<String, EventKind> WORDS =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(EventKind::word, Function.identity()));

    private final String word;

    @SuppressWarnings("ImmutableEnumChecker") // It is one of those that cannot be changed.
    private final List<String> finer;

    EventKind(String word, String... finer) {
        this.word = word;
        this.finer = List.of(finer);
    }

    /// The kind in documents and filters, such as `user.created`.
    public String word() {
        return word;
    }

    /// The kinds in the event log.
    Stream<String> stored() {
        return Stream.concat(Stream.of(word), finer.stream());
    }

    /// The word for a kind in the event log. A kind that only a newer server knows, which runs beside this one, stands
    /// for itself: readers must not miss its events.
    static String wordOfStored(String stored) {
        var kind = STORED.get(stored);
        return kind == null ? stored : kind.word;
    }

    /// The kind with this word; null for one that only a newer server knows.
    static @Nullable EventKind of(String word) {
        return WORDS.get(word);
    }

    /// All kinds that words of a filter stand for, each read with [#named].
    public static Set<EventKind> union(Collection<Set<EventKind>> named) {
        return named.stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }

    /// The kinds that a word of a filter stands for: one, or all of users or profiles for `user.*` or `profile.*`.
    ///
    /// @throws InvalidValue for anything else
    public static Set<EventKind> named(String text) {
        var one = WORDS.get(text);
        if (one != null) {
            return EnumSet.of(one);
        }
        if (!text.equals("user.*") && !text.equals("profile.*")) {
            throw new InvalidValue("There is no such kind; the kinds are user.*, profile.*, "
                    + Arrays.stream(values()).map(EventKind::word).collect(Collectors.joining(", ")) + ".");
        }
        var group = text.substring(0, text.length() - 1);
        return Arrays.stream(values())
                .filter(kind -> kind.word.startsWith(group))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(EventKind.class)));
    }
}
