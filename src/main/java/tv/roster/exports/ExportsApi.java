package tv.roster.exports;

import java.io.IOException;
import java.io.OutputStream;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tv.roster.access.Access;
import tv.roster.access.Caller;
import tv.roster.access.Scope;
import tv.roster.calls.Call;
import tv.roster.calls.RowFormat;
import tv.roster.calls.RowWriter;
import tv.roster.calls.RunningCalls;
import tv.roster.calls.UserManagement;
import tv.roster.idempotency.TenantCalls;
import tv.roster.platform.database.Database;
import tv.roster.platform.eventloop.EventLoops;
import tv.roster.platform.http.Gzip;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.jsonapi.Fieldsets;
import tv.roster.platform.jsonapi.Query;
import tv.roster.users.User;
import tv.roster.users.files.UserColumn;
import tv.roster.users.lists.UserFilter;
import tv.roster.users.v4.UserFilterReader;
import tv.roster.users.v4.UserReader;
import tv.roster.users.v4.UserResource;

/// `GET /exports/users`: every user of the tenant as NDJSON or CSV, in the order of creation.
public final class ExportsApi {
    static final int MOST_OF_TENANT = 4;
    static final int MOST = 16;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Database database;
    private final EventLoops loops;
    private final Access access;
    private final InstantSource clock;
    /// Each may take as long as its client reads, and holds two pages of users.
    private final RunningCalls running = new RunningCalls("exports", MOST_OF_TENANT, MOST);

    public ExportsApi(Database database, EventLoops loops, Access access, InstantSource clock) {
        this.database = database;
        this.loops = loops;
        this.access = access;
        this.clock = clock;
    }

    public List<Route<Caller>> routes(TenantCalls calls) {
        return List.of(Route.get("/exports/users", Scope.BULK, calls.read(this::users))
                .withQuery()
                .withOwnMediaTypes());
    }

    private Response users(Call call) {
        var format = RowFormat.accepted(call.request());
        var query = new Query(call.request().query());
        var filters = UserFilterReader.read(query, call.caller().tenant());
        var fieldsets = Fieldsets.of(query, Map.of(UserReader.TYPE, UserResource.FIELDS));
        query.refuseUnknown();
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", format.contentType());
        headers.put("Content-Disposition", "attachment; filename=\"" + fileName(format) + "\"");
        headers.put("Vary", "Accept");
        return Gzip.where(
                call.request(),
                Response.stream(200, headers, body -> write(call, filters, rows(call, format, fieldsets), body)));
    }

    private String fileName(RowFormat format) {
        return "users-" + TIME.format(clock.instant()) + "." + format.extension();
    }

    private static RowWriter<User> rows(Call call, RowFormat format, Fieldsets fieldsets) {
        return switch (format) {
            case NDJSON -> UserRows.ndjson(new UserResource(UserManagement.base(call.request()), fieldsets, false));
            case CSV -> UserRows.csv(columns(fieldsets));
        };
    }

    /// The columns of these fields. As in a resource, the id is always there.
    private static List<UserColumn> columns(Fieldsets fieldsets) {
        return UserColumn.EXPORTED.stream()
                .filter(column -> column == UserColumn.ID || fieldsets.has(UserReader.TYPE, field(column)))
                .toList();
    }

    /// The field of a User resource that has the column's value.
    private static String field(UserColumn column) {
        return switch (column) {
            case EMAIL, TELEPHONE_NUMBER -> "contact_details";
            case REGISTRATION_STATE -> "registration_information";
            case ID, EXTERNAL_ID, NAME, USER_FLAGS, USER_PASSWORD, PASSWORD_HASH -> column.word();
        };
    }

    /// A caller whose key is revoked, or whose address is no longer allowed, gets no further page.
    private void write(Call call, List<UserFilter> filters, RowWriter<User> rows, OutputStream body)
            throws IOException {
        var tenant = call.work().tenant();
        var walk = new UserWalk(database.lists(tenant.value()), tenant, filters);
        try (var _ = running.enter(tenant);
                var pages = new UserPages(loops.here(), walk)) {
            for (var page = pages.first(); !page.isEmpty(); page = pages.next()) {
                access.admitStill(call.caller(), Scope.BULK);
                rows.write(page, body);
            }
            rows.finish(body);
        }
    }
}
