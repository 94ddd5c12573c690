package tv.roster.access;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tv.roster.http.Gate;
import tv.roster.http.Request;
import tv.roster.jsonapi.ErrorCode;
import tv.roster.jsonapi.Problem;
import tv.roster.jsonapi.Refusal;

/// The gate of the API: `Authorization: Apikey KEY`. The refusal never tells what was wrong with the key.
public final class Access implements Gate<Caller> {
    private static final String SCHEME = "apikey ";

    private final Directory directory;
    private final InstantSource clock;

    public Access(Directory directory, InstantSource clock) {
        this.directory = directory;
        this.clock = clock;
    }

    @Override
    public Caller admit(Request request) {
        var key = secret(request.header("Authorization")).flatMap(this::find);
        if (key.isEmpty()) {
            throw unauthorized();
        }
        return new Caller(key.get(), request.peer().getHostAddress());
    }

    private static Optional<ApiKeySecret> secret(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        return ApiKeySecret.parse(authorization.substring(SCHEME.length()).strip());
    }

    private Optional<KnownKey> find(ApiKeySecret secret) {
        long now = clock.instant().getEpochSecond();
        return Optional.ofNullable(directory.key(secret.prefix())).filter(key -> key.isOpenedBy(secret, now));
    }

    private static Refusal unauthorized() {
        return new Refusal(
                List.of(new Problem(ErrorCode.UNAUTHORIZED, "Send a key that is in force: Authorization: Apikey KEY")),
                Map.of("WWW-Authenticate", "Apikey realm=\"roster\""));
    }
}
