package tv.roster.console.manage;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// An import as pages show it; times in epoch seconds.
///
/// @param status  as the API has it
/// @param failure why it failed, or null
public record ImportJob(
        String id,
        String status,
        String mode,
        boolean isDryRun,
        Rows rows,
        long bytes,
        @Nullable String failure,
        Long createdTime,
        @Nullable Long finishedTime,
        @Nullable Long expectedFinishTime) {
    private static final long UNIT = 1024;

    /// How many rows there are, and what became of them.
    public record Rows(long total, long done, long created, long updated, long unchanged, long rejected) {
        static Rows of(JsonNode rows) {
            return new Rows(
                    rows.path("total").asLong(0),
                    rows.path("done").asLong(0),
                    rows.path("created").asLong(0),
                    rows.path("updated").asLong(0),
                    rows.path("unchanged").asLong(0),
                    rows.path("rejected").asLong(0));
        }
    }

    static ImportJob of(JsonNode job) {
        var attributes = job.path("attributes");
        return new ImportJob(
                job.path("id").asString(),
                attributes.path("status").asString(""),
                attributes.path("mode").asString(""),
                attributes.path("dry_run").asBoolean(false),
                Rows.of(attributes.path("rows")),
                attributes.path("bytes").asLong(0),
                attributes.path("failure").isString()
                        ? attributes.path("failure").asString()
                        : null,
                attributes.path("created_time").asLong(0),
                time(attributes, "finished_time"),
                time(attributes, "expected_finish_time"));
    }

    private static @Nullable Long time(JsonNode attributes, String name) {
        var time = attributes.path(name);
        return time.isNumber() ? time.asLong() : null;
    }

    /// Whether it goes on by itself.
    public boolean isActive() {
        return status.equals("QUEUED") || status.equals("RUNNING");
    }

    public boolean isCompleted() {
        return status.equals("COMPLETED");
    }

    /// For people, such as `Running`.
    public String state() {
        return status.equals("QUEUED")
                ? "Waiting"
                : status.isEmpty() ? "" : status.charAt(0) + status.substring(1).toLowerCase(Locale.ROOT);
    }

    /// The class of its tag.
    public String stateStyle() {
        return switch (status) {
            case "COMPLETED" -> "ok";
            case "CANCELLED" -> "warn";
            case "FAILED" -> "danger";
            default -> "";
        };
    }

    /// The length of the file as it was sent.
    public String size() {
        if (bytes < UNIT) {
            return bytes + " bytes";
        }
        return bytes < UNIT * UNIT ? bytes / UNIT + " KiB" : bytes / (UNIT * UNIT) + " MiB";
    }

    /// A count for people, such as `10,000`.
    public String count(long rows) {
        return String.format(Locale.ENGLISH, "%,d", rows);
    }
}
