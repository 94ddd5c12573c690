package tv.roster.idempotency;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tv.roster.access.Caller;
import tv.roster.calls.Call;
import tv.roster.calls.CallHandler;
import tv.roster.calls.CallWrite;
import tv.roster.calls.CallWrite.Prepared;
import tv.roster.platform.database.Database;
import tv.roster.platform.http.Handler;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.jsonapi.ErrorDocument;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Problem;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;
import tv.roster.platform.secrets.Keys;
import tv.roster.platform.secrets.Sha256;
import tv.roster.platform.sql.LockNotAvailable;
import tv.roster.platform.sql.Statements;

/// Runs the calls of tenants: reads on their own, and writes with an `Idempotency-Key` only once. The key's row,
/// the change and the response are written in one transaction, so that after a crash either all of them exist or
/// none; the lock on the row makes concurrent requests with the same key wait.
///
/// A write is prepared before that transaction begins. A repeated request is recognised before the preparation if
/// the first one has finished; if both are in progress, the row decides which of them is carried out.
public final class TenantCalls {
    static final String HEADER = "Idempotency-Key";
    private static final int LONGEST_KEY = 255;

    private final Database database;
    private final Keys keys;
    private final InstantSource clock;

    /// Digests are computed with these keys, since requests may contain passwords.
    public TenantCalls(Database database, Keys keys, InstantSource clock) {
        this.database = database;
        this.keys = keys;
        this.clock = clock;
    }

    /// A call that may be repeated freely: it changes nothing, or makes a new change each time.
    public Handler<Caller> read(CallHandler handler) {
        return (caller, request) -> handler.handle(call(caller, request));
    }

    /// Looks up the resource that a path names.
    public Route.Subject<Caller> subject(Consumer<Call> find) {
        return (caller, request) -> find.accept(call(caller, request));
    }

    /// A call that changes something, and returns the same response when it is repeated with the same key.
    public Handler<Caller> write(CallWrite write) {
        return (caller, request) -> {
            var key = key(request);
            var call = call(caller, request);
            return key == null ? write.prepare(call).apply(call) : once(write, call, key);
        };
    }

    /// A call that changes something with a body that is read as it arrives, and that returns the same response
    /// when it is repeated with the same key and the same body. Until its body has arrived, nothing is known
    /// about it, so that refusals are not stored.
    public Handler<Caller> writeStream(StreamWrite write) {
        return (caller, request) -> {
            var key = key(request);
            var call = call(caller, request);
            if (key != null) {
                return once(write, call, key);
            }
            try (var received = write.prepare(call, request.stream())) {
                return received.apply(call);
            }
        };
    }

    /// Reads and stores a body as it arrives.
    @FunctionalInterface
    public interface StreamWrite {
        Received prepare(Call call, InputStream body);
    }

    /// A body that has been stored. It is closed at the end, which removes what was not applied, such as the body of
    /// a repeated request.
    public interface Received extends Prepared, AutoCloseable {
        @Override
        void close();
    }

    private Response once(StreamWrite write, Call call, String key) {
        long now = clock.instant().getEpochSecond();
        var body = new DigestInputStream(call.request().stream(), Sha256.begin());
        var known = IdempotencyTable.find(call.work().statements(), call.work().tenant(), key, now);
        if (known.isPresent()) {
            drain(body);
            return replay(known.get(), call.request(), body.getMessageDigest().digest());
        }
        try (var received = write.prepare(call, body)) {
            drain(body);
            return claimed(received, call, key, body.getMessageDigest().digest(), now);
        }
    }

    private static void drain(InputStream body) {
        try {
            body.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Its statements can use only the tenant's share of the connections.
    private Call call(Caller caller, Request request) {
        return Call.of(caller, request, database.of(caller.tenantId().value()));
    }

    private static @Nullable String key(Request request) {
        var key = request.header(HEADER);
        if (key == null) {
            return null;
        }
        if (key.isEmpty()
                || key.length() > LONGEST_KEY
                || !key.chars().allMatch(character -> character > ' ' && character < 0x7f)) {
            throw Request.badHeader(HEADER, "An Idempotency-Key has 1 to 255 visible ASCII characters.");
        }
        return key;
    }

    private Response once(CallWrite write, Call call, String key) {
        long now = clock.instant().getEpochSecond();
        var known = IdempotencyTable.find(call.work().statements(), call.work().tenant(), key, now);
        var content = call.request().body();
        if (known.isPresent()) {
            return replay(known.get(), call.request(), content);
        }
        return claimed(prepare(write, call), call, key, content, now);
    }

    /// `content` is the body, or the digest of a long one.
    private Response claimed(Prepared prepared, Call call, String key, byte[] content, long now) {
        var digest = digest(call.request(), content, keys.known().getFirst());
        try {
            return call.work().statements().inTransaction(transaction -> {
                var first = IdempotencyTable.claim(transaction, call.work().tenant(), key, digest, now);
                if (first.isPresent()) {
                    return replay(first.get(), call.request(), content);
                }
                var response = apply(prepared, call, transaction);
                IdempotencyTable.keep(
                        transaction, call.work().tenant(), key, call.request().path(), response);
                return response;
            });
        } catch (LockNotAvailable e) {
            throw new Refusal(
                    List.of(new Problem(
                            ErrorCode.IDEMPOTENCY_IN_PROGRESS,
                            "The first request with this key is in progress.",
                            Source.header(HEADER))),
                    Map.of("Retry-After", "1"));
        }
    }

    /// Stores a refusal that would be the same again as the response; after other refusals, the key remains
    /// unused.
    private static Prepared prepare(CallWrite write, Call call) {
        try {
            return write.prepare(call);
        } catch (Refusal refusal) {
            var response = kept(refusal, call);
            return work -> response;
        }
    }

    private static Response apply(Prepared prepared, Call call, Statements transaction) {
        try {
            return transaction.inTransaction(part -> prepared.apply(call.in(part)));
        } catch (Refusal refusal) {
            return kept(refusal, call);
        }
    }

    private static Response kept(Refusal refusal, Call call) {
        if (!isKept(refusal.status())) {
            throw refusal;
        }
        return ErrorDocument.response(refusal.in(call.request().places()), call.request());
    }

    private static boolean isKept(int status) {
        return status < 500 && status != 401 && status != 403 && status != 429;
    }

    private Response replay(IdempotencyTable.Kept first, Request request, byte[] content) {
        if (isOf(request, content, first, keys.known()) || isOf(request, content, first, keys.latest())) {
            return first.response().with("Idempotency-Replayed", "true");
        }
        throw new Refusal(
                ErrorCode.IDEMPOTENCY_KEY_REUSED,
                first.createdTime() > keys.lostUntil()
                        ? "This key was sent with another request before."
                        : "This key was used before, but the requests can no longer be compared, because a secret was"
                                + " removed. Check whether the change was made, then use a new key.",
                Source.header(HEADER));
    }

    /// The digest of the first request may be from before a rotation of the installation's secret.
    private static boolean isOf(Request request, byte[] content, IdempotencyTable.Kept first, List<byte[]> keys) {
        return keys.stream().anyMatch(key -> MessageDigest.isEqual(first.digest(), digest(request, content, key)));
    }

    /// The properties by which requests are compared: method, path with query, `If-Match`, and body, byte for
    /// byte.
    private static byte[] digest(Request request, byte[] content, byte[] key) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            var condition = request.header("If-Match");
            // Paths and queries contain no spaces, so the text is unambiguous.
            var head = request.method()
                    + ' '
                    + request.path()
                    + '?'
                    + request.query()
                    + (condition == null ? "" : ' ' + condition)
                    + '\n';
            mac.update(head.getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
