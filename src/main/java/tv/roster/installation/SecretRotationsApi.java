package tv.roster.installation;

import static tv.roster.access.Scope.ADMIN;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tv.roster.access.Caller;
import tv.roster.calls.Admin;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.json.JsonWriter;
import tv.roster.platform.jsonapi.Document;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;

/// The admin API's calls on the installation's secret, which no response contains.
public final class SecretRotationsApi {
    private static final String ROTATION = "InstallationSecretRotation";
    private static final String SECRETS = "/installation/secrets";
    private static final long USUAL_OVERLAP_SECONDS = 7 * 24 * 60 * 60;
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

    private final SecretRotations rotations;

    public SecretRotationsApi(SecretRotations rotations) {
        this.rotations = rotations;
    }

    public List<Route<Caller>> routes() {
        return List.of(
                Route.get(SECRETS, ADMIN, (caller, request) -> list(request)),
                Route.get(SECRETS + "/{generation}", ADMIN, (caller, request) -> get(request)),
                Route.post("/installation/secret_rotations", ADMIN, this::rotate));
    }

    private Response list(Request request) {
        var url = Admin.base(request) + SECRETS;
        var generations = rotations.generations();
        long now = rotations.now();
        return Document.of(
                        url, Document.array(generations.all(), (json, one) -> write(json, url, generations, one, now)))
                .response(200);
    }

    private Response get(Request request) {
        var generations = rotations.generations();
        var found = Optional.of(request.variable("generation"))
                .filter(text -> NUMBER.matcher(text).matches())
                .flatMap(text -> generations.numbered(Integer.parseInt(text)))
                .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "There is no such generation."));
        return response(200, request, generations, found);
    }

    private Response rotate(Caller caller, Request request) {
        var generations =
                rotations.rotate(caller.author(request.id()), Admin.overlap(request, ROTATION, USUAL_OVERLAP_SECONDS));
        var made = generations.all().getFirst();
        return response(201, request, generations, made)
                .with("Location", Admin.base(request) + SECRETS + "/" + made.number());
    }

    private Response response(int status, Request request, Generations generations, Generation one) {
        var url = Admin.base(request) + SECRETS;
        long now = rotations.now();
        return Document.of(url + "/" + one.number(), json -> write(json, url, generations, one, now))
                .response(status);
    }

    private static void write(JsonWriter json, String url, Generations generations, Generation one, long now) {
        json.writeStartObject();
        json.writeStringProperty("type", Generation.TYPE);
        json.writeStringProperty("id", Integer.toString(one.number()));
        json.writeObjectPropertyStart("links");
        json.writeStringProperty("self", url + "/" + one.number());
        json.writeEndObject();
        json.writeObjectPropertyStart("attributes");
        json.writeNumberProperty("generation", one.number());
        json.writeStringProperty("status", generations.status(one, now).name());
        json.writeNumberProperty("sealing_time", one.sealingTime());
        time(json, "removed_time", one.removedTime());
        json.writeEndObject();
        json.writeObjectPropertyStart("meta");
        json.writeNumberProperty("created_time", one.createdTime());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void time(JsonWriter json, String name, @Nullable Long time) {
        if (time == null) {
            json.writeNullProperty(name);
        } else {
            json.writeNumberProperty(name, time);
        }
    }
}
