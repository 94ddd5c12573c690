package tv.roster.calls;

import java.util.Arrays;
import java.util.List;
import tv.roster.platform.http.MediaType;
import tv.roster.platform.http.Request;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;

/// The formats in which rows of any number are sent, one after the other.
public enum RowFormat {
    NDJSON("application/x-ndjson", "", "ndjson"),
    CSV("text/csv", "; charset=utf-8", "csv");

    private static final List<String> TYPES =
            Arrays.stream(values()).map(format -> format.type).toList();

    private final String type;
    private final String parameters;
    private final String extension;

    RowFormat(String type, String parameters, String extension) {
        this.type = type;
        this.parameters = parameters;
        this.extension = extension;
    }

    /// The format that `Accept` wants most, NDJSON if it wants any; otherwise throws the `406`.
    public static RowFormat accepted(Request request) {
        var best = MediaType.best(request.header("Accept"), TYPES);
        return Arrays.stream(values())
                .filter(format -> best.isPresent() && format.type.equals(best.get()))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        ErrorCode.NOT_ACCEPTABLE,
                        "This address returns " + String.join(" or ", TYPES) + ".",
                        Source.header("Accept")));
    }

    /// The format that `Content-Type` names, in UTF-8; otherwise throws the `415`.
    public static RowFormat sent(Request request) {
        var sent = request.header("Content-Type");
        var types = sent == null ? List.<MediaType>of() : MediaType.list(sent);
        return Arrays.stream(values())
                .filter(format -> types.size() == 1
                        && types.getFirst().name().equals(format.type)
                        && types.getFirst()
                                .parameters()
                                .getOrDefault("charset", "utf-8")
                                .equalsIgnoreCase("utf-8"))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                        "Send " + String.join(" or ", TYPES) + " in UTF-8.",
                        Source.header("Content-Type")));
    }

    /// The format whose file names end so.
    public static RowFormat named(String extension) {
        return Arrays.stream(values())
                .filter(format -> format.extension.equals(extension))
                .findFirst()
                .orElseThrow();
    }

    /// What `Content-Type` says.
    public String contentType() {
        return type + parameters;
    }

    /// How names of such files end, without the dot.
    public String extension() {
        return extension;
    }
}
