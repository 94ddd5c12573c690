package tv.roster.console.manage;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A webhook endpoint as pages show it; times in epoch seconds.
///
/// @param kinds   the kinds of events that it is sent; empty for all
/// @param status  as the API has it
/// @param reason  why it was disabled; empty if it was not
/// @param backlog events that it has not received yet
public record Endpoint(
        String id,
        String url,
        List<String> kinds,
        String description,
        String status,
        String reason,
        long backlog,
        Long createdTime,
        @Nullable Long lastSuccessTime,
        @Nullable Failure lastFailure) {
    public Endpoint {
        kinds = List.copyOf(kinds);
    }

    /// The last attempt that failed.
    public record Failure(Long time, String detail) {}

    static Endpoint of(JsonNode endpoint) {
        var attributes = endpoint.path("attributes");
        var success = attributes.path("last_success_time");
        return new Endpoint(
                endpoint.path("id").asString(),
                attributes.path("url").asString(""),
                attributes.path("kinds").valueStream().map(JsonNode::asString).toList(),
                attributes.path("description").asString(""),
                attributes.path("status").asString(""),
                attributes.path("disabled_reason").asString(""),
                attributes.path("backlog").asLong(0),
                attributes.path("created_time").asLong(0),
                success.isNumber() ? success.asLong() : null,
                failure(attributes.path("last_failure")));
    }

    private static @Nullable Failure failure(JsonNode failure) {
        if (!failure.isObject()) {
            return null;
        }
        var status = failure.path("status");
        var detail = failure.path("detail").asString("");
        var text = status.isNumber() ? "Status " + status.asString() + (detail.isEmpty() ? "" : ": " + detail) : detail;
        return new Failure(seconds(failure.path("time").asString()), text);
    }

    /// The seconds of a timestamp.
    static long seconds(String timestamp) {
        return Instant.parse(timestamp).getEpochSecond();
    }

    public boolean isEnabled() {
        return status.equals("ENABLED");
    }

    /// For people, such as `Paused`.
    public String state() {
        return status.isEmpty() ? "" : status.charAt(0) + status.substring(1).toLowerCase(Locale.ROOT);
    }

    /// The class of its tag.
    public String stateStyle() {
        return switch (status) {
            case "ENABLED" -> "ok";
            case "PAUSED" -> "warn";
            default -> "danger";
        };
    }
}
