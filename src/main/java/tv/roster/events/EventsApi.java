package tv.roster.events;

import static tv.roster.access.Administration.OF_OWN_TENANT;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.access.Caller;
import tv.roster.platform.database.Database;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.json.JsonWriter;
import tv.roster.platform.jsonapi.Cursors;
import tv.roster.platform.jsonapi.IdList;
import tv.roster.platform.jsonapi.Query;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.values.text.Timestamps;

/// `GET /events`: the audit log, newest first, or oldest first with `sort=time`. No call changes it. A caller of a
/// tenant sees what happened to that tenant.
public final class EventsApi {
    private final Database database;
    private final Cursors cursors;

    public EventsApi(Database database, Cursors cursors) {
        this.database = database;
        this.cursors = cursors;
    }

    public List<Route<Caller>> routes() {
        return List.of(Route.get("/events", OF_OWN_TENANT, this::list).withQuery());
    }

    private Response list(Caller caller, Request request) {
        var query = new Query(request.query());
        var filter = EventFilterReader.read(query).within(caller.within());
        var sort = query.take("sort", EventsApi::isNewestFirst);
        var lists = database.lists(caller.identity().party());
        boolean newestFirst = sort == null || sort;
        return new IdList<>(
                        "events" + (caller.within() == null ? "" : "/" + caller.within()) + "?" + query.withoutPages(),
                        (from, backwards, limit) ->
                                EventsTable.list(lists, filter, newestFirst, from, backwards, limit),
                        null,
                        newestFirst ? IdList.SMALLEST : IdList.LARGEST,
                        Event::id,
                        EventsApi::write)
                .response(request, query, cursors);
    }

    private static Boolean isNewestFirst(String sort) {
        return switch (sort) {
            case "-time" -> true;
            case "time" -> false;
            default -> throw new InvalidValue("Events are sorted by time or -time.");
        };
    }

    private static void write(JsonWriter json, Event event) {
        json.writeStartObject();
        json.writeStringProperty("type", Event.TYPE);
        json.writeStringProperty("id", event.id().toString());
        json.writeObjectPropertyStart("attributes");
        json.writeStringProperty("kind", event.kind());
        json.writeStringProperty("time", Timestamps.text(event.time().toInstant()));
        json.writeStringProperty("address", event.address());
        json.writeStringProperty("request_id", event.requestId());
        state(json, "before", event.before());
        state(json, "after", event.after());
        json.writeEndObject();
        json.writeObjectPropertyStart("relationships");
        link(json, "tenant", "Tenant", event.tenant());
        link(json, "user", "User", event.user());
        link(json, "api_key", "ApiKey", event.subject());
        link(json, "author", "ApiKey", event.author());
        link(json, "agent", "Agent", event.agent());
        link(json, "subject_agent", "Agent", event.subjectAgent());
        link(json, "import", "Import", event.importId());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void state(JsonWriter json, String name, @Nullable String state) {
        json.writeName(name);
        if (state == null) {
            json.writeNull();
        } else {
            json.writeRawValue(state);
        }
    }

    private static void link(JsonWriter json, String name, String type, @Nullable UUID id) {
        json.writeObjectPropertyStart(name);
        if (id == null) {
            json.writeNullProperty("data");
        } else {
            json.writeObjectPropertyStart("data");
            json.writeStringProperty("type", type);
            json.writeStringProperty("id", id.toString());
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
