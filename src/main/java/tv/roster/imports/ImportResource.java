package tv.roster.imports;

import java.util.Locale;
import tv.roster.platform.json.JsonWriter;

/// Writes the Import resource.
record ImportResource(String base, long now) {
    static String url(String base, Import job) {
        return base + "/imports/" + job.id();
    }

    void write(JsonWriter json, Import job) {
        json.writeStartObject();
        json.writeStringProperty("type", Import.TYPE);
        json.writeStringProperty("id", job.id().toString());
        json.writeObjectPropertyStart("attributes");
        json.writeStringProperty("status", job.status().name());
        json.writeStringProperty("mode", job.mode().name().toLowerCase(Locale.ROOT));
        json.writeBooleanProperty("dry_run", job.dryRun());
        json.writeObjectPropertyStart("rows");
        json.writeNumberProperty("total", job.rows().total());
        json.writeNumberProperty("done", job.rows().done());
        json.writeNumberProperty("created", job.rows().created());
        json.writeNumberProperty("updated", job.rows().updated());
        json.writeNumberProperty("unchanged", job.rows().unchanged());
        json.writeNumberProperty("rejected", job.rows().rejected());
        json.writeEndObject();
        json.writeNumberProperty("bytes", job.bytes());
        json.writeStringProperty("failure", job.failure());
        json.writeNumberProperty("created_time", job.createdTime());
        json.writeNumberProperty("started_time", job.startedTime());
        json.writeNumberProperty("finished_time", job.finishedTime());
        json.writeNumberProperty("expected_finish_time", job.expectedFinishTime(now));
        json.writeEndObject();
        json.writeObjectPropertyStart("links");
        json.writeStringProperty("self", url(base, job));
        json.writeStringProperty("rejected_rows", url(base, job) + "/rejected_rows");
        json.writeEndObject();
        json.writeEndObject();
    }
}
