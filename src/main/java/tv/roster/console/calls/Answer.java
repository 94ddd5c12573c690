package tv.roster.console.calls;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tv.roster.platform.http.Response;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Problem;
import tv.roster.platform.problems.Refusal;

/// What a call returned, or why it was refused.
public final class Answer {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final @Nullable Response response;
    private final @Nullable Refusal refusal;
    private @Nullable JsonNode document;

    private Answer(@Nullable Response response, @Nullable Refusal refusal) {
        this.response = response;
        this.refusal = refusal;
    }

    static Answer of(Response response) {
        return new Answer(response, null);
    }

    static Answer refused(Refusal refusal) {
        return new Answer(null, refusal);
    }

    public boolean isDone() {
        return refusal == null;
    }

    /// Why the call was refused, for whoever can mend that; empty if it was not refused. Throws the refusal if the
    /// server is to blame, which is the same on every page.
    public List<Problem> problems() {
        if (refusal != null && refusal.status() >= ErrorCode.INTERNAL.status()) {
            throw refusal;
        }
        return refusal == null ? List.of() : refusal.problems();
    }

    /// Whether the call was refused with this code.
    public boolean isRefused(ErrorCode code) {
        return problems().stream().anyMatch(problem -> problem.code() == code);
    }

    /// The response, such as a streamed one to pass on. Throws the refusal if there is none.
    public Response response() {
        if (refusal != null) {
            throw refusal;
        }
        if (response == null) {
            throw new IllegalStateException("Neither a response nor a refusal");
        }
        return response;
    }

    /// The whole document; missing if the response has no body. Throws the refusal of a call that was refused.
    public JsonNode document() {
        if (document == null) {
            var bytes = response().body().duplicate();
            var copy = new byte[bytes.remaining()];
            bytes.get(copy);
            document = copy.length == 0 ? MissingNode.getInstance() : MAPPER.readTree(copy);
        }
        return document;
    }

    /// The primary data: a resource object, or an array of them.
    public JsonNode data() {
        return document().path("data");
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(response().headers().get(name));
    }

    @Override
    public String toString() {
        return "Answer[" + (refusal == null ? response().status() : refusal.status()) + "]";
    }
}
