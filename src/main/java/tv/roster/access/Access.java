package tv.roster.access;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tv.roster.access.allowlist.CallerAddress;
import tv.roster.access.allowlist.CallerAddress.Judged;
import tv.roster.access.allowlist.CallerAddress.Malformed;
import tv.roster.access.allowlist.ForwardedHeaders;
import tv.roster.access.allowlist.IpAddress;
import tv.roster.access.allowlist.TrustedProxies;
import tv.roster.access.ratelimit.FailedAuthentications;
import tv.roster.access.ratelimit.RateLimiter;
import tv.roster.platform.http.Demand;
import tv.roster.platform.http.Gate;
import tv.roster.platform.http.Request;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Problem;
import tv.roster.platform.problems.Refusal;

/// The gate of the API: `Authorization: Apikey KEY`, allow-lists, rate limits. Responses to an invalid key never
/// say what is wrong with it.
public final class Access implements Gate<Caller> {
    private static final String SCHEME = "apikey ";

    private final Directory directory;
    private final TrustedProxies proxies;
    private final @Nullable FailedAuthentications failures;
    private final LastUse lastUse;
    private final RefusedCalls refused;
    private final InstantSource clock;
    private final AccessFigures figures = new AccessFigures();
    private final RateLimiter limiter = new RateLimiter(System::nanoTime);

    /// `failures` is null if failed authentications are not limited.
    public Access(
            Directory directory,
            TrustedProxies proxies,
            @Nullable FailedAuthentications failures,
            LastUse lastUse,
            RefusedCalls refused,
            InstantSource clock) {
        this.directory = directory;
        this.proxies = proxies;
        this.failures = failures;
        this.lastUse = lastUse;
        this.refused = refused;
        this.clock = clock;
    }

    @Override
    public Caller admit(Request request) {
        long now = clock.instant().getEpochSecond();
        var header = request.header("Authorization");
        var secret = secret(header);
        var key = secret == null ? null : directory.key(secret.prefix());
        if (secret == null || key == null || !key.isOpenedBy(secret, now)) {
            throw unauthorized(judge(request), header != null, secret, key);
        }
        var from = allowed(key, judge(request));
        if (!key.claims().isEmpty()) {
            var verdict = limiter.tryAcquire(key.claims());
            request.tell(verdict.headers());
            figures.judged(verdict);
            verdict.require();
        }
        lastUse.note(key.id(), now);
        return new Caller(key, from);
    }

    /// Rejects a caller that was admitted before and would not be now: for calls that take longer than a key may be in
    /// force after it was revoked, or a session after its end.
    public void admitStill(Caller caller, Demand<Caller> demand) {
        switch (caller.identity()) {
            case KnownKey before -> {
                var key = directory.key(before.prefix());
                if (key == null || !key.continues(before, clock.instant().getEpochSecond())) {
                    throw notInForce();
                }
                demand.check(new Caller(key, allowed(key, caller.from())));
            }
            case KnownAgent agent -> {
                if (!agent.signedIn().getAsBoolean()) {
                    throw new Refusal(ErrorCode.UNAUTHORIZED, "This session has ended.");
                }
            }
        }
    }

    /// The caller's address if the tenant and the key allow it; otherwise throws the refusal.
    private Judged allowed(KnownKey key, CallerAddress address) {
        try {
            var from = address.orRefuse();
            if (key.tenant() != null) {
                key.tenant().allowList().require(from.address());
            }
            key.allowList().require(from.address());
            return from;
        } catch (Refusal refusal) {
            refused.note(Refused.address(addressOf(address), key));
            throw refusal;
        }
    }

    /// What is counted about callers.
    public AccessFigures figures() {
        return figures;
    }

    @Override
    public void lacks(Caller caller, Demand<Caller> demand) {
        var scope = switch (demand) {
            case Scope one -> one;
            case Administration administration -> administration.scope();
            default -> null;
        };
        if (scope != null && !caller.identity().scopes().contains(scope)) {
            refused.note(Refused.scope(caller, scope));
        }
    }

    /// The tenant; all admin keys count as one owner.
    @Override
    public Object owner(Caller caller) {
        var tenant = caller.identity().tenant();
        return tenant == null ? Scope.ADMIN : tenant.id();
    }

    /// The address that a request comes from, determined in the same way, for requests that need no key.
    public IpAddress addressOf(Request request) {
        return judge(request).orRefuse().address();
    }

    /// The same with where it was found.
    public Judged judged(Request request) {
        return judge(request).orRefuse();
    }

    /// The address that a request comes from, or that of the proxy whose headers say nothing sensible, for a log.
    public String clientOf(Request request) {
        return addressOf(judge(request)).toString();
    }

    private CallerAddress judge(Request request) {
        var peer = IpAddress.of(request.peer());
        return proxies.judge(
                peer,
                proxies.trusts(peer)
                        ? new ForwardedHeaders(request.headerLines("Forwarded"), request.headerLines("X-Forwarded-For"))
                        : ForwardedHeaders.NONE);
    }

    private static IpAddress addressOf(CallerAddress from) {
        return switch (from) {
            case Judged judged -> judged.address();
            case Malformed malformed -> malformed.peer();
        };
    }

    private static @Nullable ApiKeySecret secret(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        return ApiKeySecret.parse(authorization.substring(SCHEME.length()).strip())
                .orElse(null);
    }

    /// The `401`, or the `429` for an address with too many failures. The audit log counts only requests that sent
    /// something.
    private Refusal unauthorized(
            CallerAddress from, boolean sentSomething, @Nullable ApiKeySecret secret, @Nullable KnownKey key) {
        var address = addressOf(from);
        if (sentSomething) {
            refused.note(Refused.unauthorized(address, secret, key));
        }
        figures.failedAuthentication();
        if (failures != null) {
            var verdict = failures.count(address);
            figures.judged(verdict);
            verdict.require();
        }
        return notInForce();
    }

    private static Refusal notInForce() {
        return new Refusal(
                List.of(new Problem(ErrorCode.UNAUTHORIZED, "Send a key that is in force: Authorization: Apikey KEY")),
                Map.of("WWW-Authenticate", "Apikey realm=\"roster\""));
    }
}
