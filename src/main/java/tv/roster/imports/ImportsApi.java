package tv.roster.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import tv.roster.access.Access;
import tv.roster.access.Caller;
import tv.roster.access.Scope;
import tv.roster.calls.Call;
import tv.roster.calls.CallWrite.Prepared;
import tv.roster.calls.RowFormat;
import tv.roster.calls.UserManagement;
import tv.roster.idempotency.TenantCalls;
import tv.roster.idempotency.TenantCalls.Received;
import tv.roster.imports.file.ArrivingFile;
import tv.roster.platform.database.Database;
import tv.roster.platform.http.Gzip;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.jsonapi.Cursors;
import tv.roster.platform.jsonapi.Document;
import tv.roster.platform.jsonapi.IdList;
import tv.roster.platform.jsonapi.Query;
import tv.roster.platform.jsonapi.ResourceDocument;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;
import tv.roster.users.bulk.BulkMode;
import tv.roster.values.ids.ImportId;

/// The calls on imports: `/imports` and the paths below it.
public final class ImportsApi {
    /// What a file holds in memory while it arrives: a window of it, a chunk of rows, and the one before while it
    /// is stored.
    private static final int MEMORY = 3 << 19;

    private static final int PAGE = 1 << 17;
    private static final int FEWEST_ROWS = 4;
    private static final int MOST_ROWS = 500;

    /// What a list of rejected rows holds in memory while its client reads.
    private static final int LIST_MEMORY = 1 << 20;

    private final Imports imports;
    private final Database database;
    private final Access access;
    private final Cursors cursors;
    private final Runnable queued;

    /// `queued` is called when a file may have been queued.
    public ImportsApi(Imports imports, Database database, Access access, Cursors cursors, Runnable queued) {
        this.imports = imports;
        this.database = database;
        this.access = access;
        this.cursors = cursors;
        this.queued = queued;
    }

    public List<Route<Caller>> routes(TenantCalls calls) {
        return List.of(
                Route.get("/imports", Scope.BULK, calls.read(this::list)).withQuery(),
                Route.post("/imports", Scope.BULK, calls.writeStream(this::create))
                        .withStreamedBody(ArrivingFile.LONGEST)
                        .withOwnMediaTypes()
                        .withQuery(),
                Route.get("/imports/{import_id}", Scope.BULK, calls.read(this::get)),
                Route.patch("/imports/{import_id}", Scope.BULK, calls.write(this::change))
                        .about(calls.subject(this::find)),
                Route.delete("/imports/{import_id}", Scope.BULK, calls.write(this::remove))
                        .about(calls.subject(this::find)),
                Route.get("/imports/{import_id}/rejected_rows", Scope.BULK, calls.read(this::rejectedRows))
                        .withOwnMediaTypes());
    }

    private Import find(Call call) {
        return imports.find(call.work(), id(call));
    }

    private static UUID id(Call call) {
        return ImportId.parse(call.request().variable("import_id"))
                .orElseThrow(Imports::notFound)
                .value();
    }

    private Received create(Call call, InputStream body) {
        var format = RowFormat.sent(call.request());
        boolean gzip = isGzip(call.request());
        var query = new Query(call.request().query());
        var mode = query.take("mode", ImportsApi::mode);
        var dryRun = query.take("dry_run", ImportsApi::flag);
        query.refuseUnknown();
        call.request().reserve(MEMORY);
        var stored = imports.store(
                call.work(), mode == null ? BulkMode.UPSERT : mode, Boolean.TRUE.equals(dryRun), format, gzip, body);
        return new Received() {
            @Override
            public Response apply(Call applied) {
                var job =
                        imports.queue(applied.work(), stored, applied.request().received());
                return response(201, applied, job)
                        .with("Location", ImportResource.url(UserManagement.base(applied.request()), job));
            }

            @Override
            public void close() {
                imports.abandon(call.work(), stored.id());
                queued.run();
            }
        };
    }

    private static boolean isGzip(Request request) {
        var encoding = request.header("Content-Encoding");
        if (encoding == null || encoding.equalsIgnoreCase("identity")) {
            return false;
        }
        if (encoding.equalsIgnoreCase("gzip") || encoding.equalsIgnoreCase("x-gzip")) {
            return true;
        }
        throw new Refusal(
                ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                "Send the file as it is, or with the content encoding gzip.",
                Source.header("Content-Encoding"));
    }

    private static BulkMode mode(String word) {
        return switch (word) {
            case "upsert" -> BulkMode.UPSERT;
            case "create" -> BulkMode.CREATE;
            case "update" -> BulkMode.UPDATE;
            default -> throw new InvalidValue("The mode is upsert, create or update.");
        };
    }

    private static Boolean flag(String word) {
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidValue("This parameter is true or false.");
        };
    }

    private Response list(Call call) {
        var query = new Query(call.request().query());
        return new IdList<Import>(
                        call.work().tenant() + "/imports",
                        (from, backwards, limit) -> imports.list(call.work(), from, backwards, limit),
                        () -> imports.count(call.work()),
                        IdList.SMALLEST,
                        Import::id,
                        resource(call)::write)
                .response(call.request(), query, cursors);
    }

    private Response get(Call call) {
        return response(200, call, find(call));
    }

    private ImportResource resource(Call call) {
        return new ImportResource(UserManagement.base(call.request()), imports.now());
    }

    private Response response(int status, Call call, Import job) {
        var resource = resource(call);
        return Document.of(ImportResource.url(resource.base(), job), json -> resource.write(json, job))
                .response(status);
    }

    private Prepared change(Call call) {
        var id = id(call);
        var document = new ResourceDocument(call.request().body(), Import.TYPE);
        document.demandId(call.request().variable("import_id"));
        var attributes = document.attributes();
        var status = attributes.text("status", ImportsApi::cancelled);
        if (attributes.isNull("status")) {
            document.problems().add(ErrorCode.WRONG_TYPE, "This has to be a string.", attributes.pointer("status"));
        }
        attributes.refuseReadOnly(
                "mode",
                "dry_run",
                "rows",
                "bytes",
                "failure",
                "created_time",
                "started_time",
                "finished_time",
                "expected_finish_time");
        attributes.refuseUnknown();
        document.relationships().refuseUnknown();
        document.meta().refuseUnknown();
        document.problems().throwIfAny();
        return applied -> {
            var job = status.value() == null ? imports.find(applied.work(), id) : imports.cancel(applied.work(), id);
            return response(200, applied, job);
        };
    }

    private static ImportStatus cancelled(String word) {
        if (!word.equals(ImportStatus.CANCELLED.name())) {
            throw new InvalidValue("The status of an import can only be changed to CANCELLED.");
        }
        return ImportStatus.CANCELLED;
    }

    private Prepared remove(Call call) {
        var id = id(call);
        return applied -> {
            imports.remove(applied.work(), id);
            return Response.empty(204);
        };
    }

    private Response rejectedRows(Call call) {
        call.request().reserve(LIST_MEMORY);
        var job = find(call);
        var format = RowFormat.accepted(call.request());
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", format.contentType());
        headers.put(
                "Content-Disposition",
                "attachment; filename=\"rejected-rows-" + job.id() + "." + format.extension() + "\"");
        headers.put("Vary", "Accept");
        return Gzip.where(call.request(), Response.stream(200, headers, body -> write(call, job, format, body)));
    }

    /// Reads on the connections of lists, and as many rows at a time as are about [#PAGE] bytes. A caller whose key is
    /// revoked gets no further page.
    private void write(Call call, Import job, RowFormat format, OutputStream body) throws IOException {
        var rows = RejectedRows.writer(format, job);
        var lists = call.work().in(database.lists(call.work().tenant().value()));
        long after = 0;
        int size = FEWEST_ROWS;
        while (true) {
            var some = imports.rejectedRows(lists, job.id(), after, size);
            access.admitStill(call.caller(), Scope.BULK);
            long bytes = rows.write(some, body);
            if (some.size() < size) {
                // If the import has been deleted meanwhile, rows are missing: then the response breaks off.
                imports.find(call.work(), job.id());
                rows.finish(body);
                return;
            }
            after = some.getLast().line();
            size = Math.clamp((long) PAGE * some.size() / Math.max(1, bytes), FEWEST_ROWS, MOST_ROWS);
        }
    }
}
