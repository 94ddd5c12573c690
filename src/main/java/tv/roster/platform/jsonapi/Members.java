package tv.roster.platform.jsonapi;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.platform.problems.Problems;
import tv.roster.platform.problems.Source;
import tv.roster.values.Sent;
import tv.roster.values.text.Suggestion;

/// The members of a JSON object in a request, taken one by one; members that are not taken are reported as unknown.
public final class Members {
    private final JsonNode object;
    private final String pointer;
    private final Problems problems;
    private final boolean present;
    private final Set<String> taken = new LinkedHashSet<>();
    private final Set<String> ignored = new HashSet<>();

    /// The members of an object at this JSON pointer, to whose `problems` everything wrong is added; null for an object
    /// that was not sent.
    public Members(@Nullable JsonNode object, String pointer, Problems problems) {
        this.object = object == null ? JsonNodeFactory.instance.objectNode() : object;
        this.present = object != null;
        this.pointer = pointer;
        this.problems = problems;
    }

    /// Whether the object was sent.
    public boolean present() {
        return present;
    }

    /// The JSON pointer of a member, escaped according to RFC 6901.
    public String pointer(String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    public Problems problems() {
        return problems;
    }

    /// Takes a text member; `parse` returns the value or throws [InvalidValue].
    public <T> Sent<T> text(String name, Function<String, T> parse) {
        return take(name, JsonNode::isString, "a string", node -> parse.apply(node.asString()));
    }

    /// The same for a member for which null is of the wrong type. Returns the value; null if there is none.
    public <T> @Nullable T textNotNull(String name, Function<String, T> parse) {
        if (isNull(name)) {
            problems.add(ErrorCode.WRONG_TYPE, "This has to be a string.", pointer(name));
        }
        return text(name, parse).value();
    }

    public Sent<Boolean> bool(String name) {
        return take(name, JsonNode::isBoolean, "true or false", JsonNode::asBoolean);
    }

    /// Takes a whole number; `1.0` and numbers beyond 64 bits are rejected.
    public Sent<Long> integer(String name) {
        return take(name, JsonNode::isIntegralNumber, "a whole number", node -> {
            if (!node.canConvertToLong()) {
                throw new InvalidValue("This number is out of range.");
            }
            return node.asLong();
        });
    }

    /// Takes an array of up to `most` texts. Each is parsed separately, so that the pointers of problems include
    /// the index. The elements of a longer array are not parsed.
    public <T> Sent<List<T>> texts(String name, int most, Function<String, T> parse) {
        return take(name, JsonNode::isArray, "an array of strings", node -> {
            refuseLonger(node, most);
            var values = new ArrayList<T>();
            for (int at = 0; at < node.size() && !problems.areEnough(); at++) {
                var sent = parsed(
                        node.get(at),
                        pointer(name) + "/" + at,
                        JsonNode::isString,
                        "a string",
                        element -> parse.apply(element.asString()));
                if (sent.value() != null) {
                    values.add(sent.value());
                } else if (sent.present()) {
                    problems.add(ErrorCode.WRONG_TYPE, "This has to be a string.", pointer(name) + "/" + at);
                }
            }
            return List.copyOf(values);
        });
    }

    static void refuseLonger(JsonNode array, int most) {
        if (array.size() > most) {
            throw new InvalidValue(ErrorCode.TOO_LONG, "This array has at most " + most + " elements.");
        }
    }

    /// Takes a member that is an object; empty if it was not sent. Null is of the wrong type.
    public Members object(String name) {
        return object(name, false);
    }

    /// The same, but null is accepted as an object of nulls; see [#isNull].
    public Members objectOrNull(String name) {
        return object(name, true);
    }

    private Members object(String name, boolean nullable) {
        var node = raw(name);
        if (node != null && node.isObject()) {
            return new Members(node, pointer(name), problems);
        }
        if (node != null && !(nullable && node.isNull())) {
            problems.add(ErrorCode.WRONG_TYPE, "This has to be an object.", pointer(name));
        }
        return new Members(null, pointer(name), problems);
    }

    public boolean isNull(String name) {
        var node = object.get(name);
        return node != null && node.isNull();
    }

    /// Takes a member as it is; null if it was not sent.
    public @Nullable JsonNode raw(String name) {
        taken.add(name);
        return object.get(name);
    }

    /// Takes members that have no meaning in a request, such as the `links` of a resource that a client sends back.
    public void ignore(String... names) {
        ignored.addAll(List.of(names));
    }

    /// Reports a `read_only` member unless it is null or absent.
    public void refuseReadOnly(String... names) {
        for (var name : names) {
            var node = raw(name);
            if (node != null && !node.isNull()) {
                problems.add(ErrorCode.READ_ONLY, "The server sets this member.", pointer(name));
            }
        }
    }

    /// Reports each member that was not taken; members that begin with `@` are ignored (JSON:API 1.1, "Member
    /// Names").
    public void refuseUnknown() {
        String known = null;
        for (var name : object.propertyNames()) {
            if (problems.areEnough()) {
                return;
            }
            if (!taken.contains(name) && !ignored.contains(name) && !name.startsWith("@")) {
                known = known == null ? known() : known;
                problems.add(ErrorCode.UNKNOWN_MEMBER, known, pointer(name));
            }
        }
    }

    private String known() {
        return "There is no such member here"
                + (taken.isEmpty() ? "." : "; the members are " + Suggestion.list(taken) + ".");
    }

    private <T> Sent<T> take(
            String name, Function<JsonNode, Boolean> isRight, String kind, Function<JsonNode, T> read) {
        var node = raw(name);
        return node == null ? Sent.absent() : parsed(node, pointer(name), isRight, kind, read);
    }

    private <T> Sent<T> parsed(
            JsonNode node, String place, Function<JsonNode, Boolean> isRight, String kind, Function<JsonNode, T> read) {
        if (node.isNull()) {
            return Sent.of(null);
        }
        if (!isRight.apply(node)) {
            problems.add(ErrorCode.WRONG_TYPE, "This has to be " + kind + ".", place);
            return Sent.absent();
        }
        try {
            return Sent.of(read.apply(node));
        } catch (InvalidValue e) {
            problems.add(e.at(Source.pointer(place)));
            return Sent.absent();
        }
    }
}
