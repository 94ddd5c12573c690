package tv.roster.credentials.hashing;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.credentials.hashes.Argon2Hash;
import tv.roster.credentials.hashes.Argon2Parameters;
import tv.roster.credentials.hashes.HashFormat;
import tv.roster.credentials.strength.Password;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.platform.problems.Refusal;
import tv.roster.values.ids.TenantId;

/// Creates and verifies password hashes, a limited number at a time; callers block, but never inside a
/// transaction. Tenants take turns, so that none waits for everything that another has sent.
///
/// Every method throws a [Refusal] `UNAVAILABLE` with `Retry-After` if there is too much to do.
public final class PasswordHasher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PasswordHasher.class);

    private static final int BLOCK_BYTES = 64;

    private final ReentrantLock large = new ReentrantLock(true);
    private final Argon2Parameters parameters;
    private final HashingPool pool;
    private final Argon2Hash nobodys;
    private final HashTimes times = new HashTimes();

    public PasswordHasher(Argon2Parameters parameters, HashingLimits limits) {
        this.parameters = parameters;
        this.pool = new HashingPool(limits, parameters.memoryKiB());
        this.nobodys = Argon2Hash.ofNoPassword(parameters);
    }

    public PasswordHash hash(TenantId tenant, Password password) {
        return pool.run(tenant, memory -> PasswordHash.of(Argon2Hash.of(password.bytes(), parameters, memory)));
    }

    /// Whether the password matches the hash. After `RIGHT_NEEDS_REHASH`, the caller stores [#hash] of the same
    /// password; if that is rejected, the login must still be accepted.
    ///
    /// `kinds` are the kinds of all hashes that could have been used: a wrong password takes as long as with the
    /// slowest of them, regardless of the kind of this hash.
    public Verification verify(TenantId tenant, Password password, PasswordHash hash, List<String> kinds) {
        // The memory for our own hashes is reserved on startup, however small the heap is.
        if (hash.format().memoryKiB() > parameters.memoryKiB() && !hasRoomFor(hash)) {
            LOG.error(
                    "A password's hash needs {} KiB, and the heap has {} for one: raise -Xmx in ROSTER_JAVA_OPTIONS",
                    hash.format().memoryKiB(),
                    HashingLimits.mostMemoryKiB());
            throw new Refusal(ErrorCode.UNAVAILABLE, "The server has too little memory for this password's hash.");
        }
        return pool.run(
                tenant,
                memory -> {
                    var verification = timed(password, HashFormat.kindOf(hash.text()), hash.format(), memory);
                    if (!verification.accepted()) {
                        learn(password, kinds, memory);
                    }
                    return verification;
                },
                verification -> verification.accepted() ? 0 : dearest(password, kinds));
    }

    /// Takes as long as [#verify] with a wrong password; for users that do not exist or have no password.
    public void verifyNothing(TenantId tenant, Password password, List<String> kinds) {
        var ignored = pool.run(
                tenant,
                memory -> {
                    var wrong = timed(password, HashFormat.kindOf(nobodys.text()), nobodys, memory);
                    learn(password, kinds, memory);
                    return wrong;
                },
                wrong -> dearest(password, kinds));
    }

    private Verification timed(Password password, String kind, HashFormat format, BlockPool memory) {
        long begun = System.nanoTime();
        var verification = verdict(password, format, memory);
        if (!verification.accepted()) {
            times.measured(key(kind, password), System.nanoTime() - begun);
        }
        return verification;
    }

    /// Measures one kind whose time this node does not know yet, with a hash that belongs to no user.
    private void learn(Password password, List<String> kinds, BlockPool memory) {
        kinds.stream()
                .filter(kind -> !times.knows(key(kind, password)))
                .findFirst()
                .ifPresent(kind -> {
                    var format = HashFormat.ofNobody(kind);
                    if (format.memoryKiB() <= HashingLimits.mostMemoryKiB()) {
                        var ignored = timed(password, kind, format, memory);
                    }
                });
    }

    /// In nanoseconds.
    private long dearest(Password password, List<String> kinds) {
        return kinds.stream()
                .mapToLong(kind -> times.of(key(kind, password)))
                .max()
                .orElse(0);
    }

    /// The kind with everything else that affects the time: whether the password is tried in two forms, and, for
    /// formats that hash all of it in each round, its length.
    private static String key(String kind, Password password) {
        int blocks = kind.matches("\\$[156]\\$.*") ? password.bytes().length / BLOCK_BYTES : 0;
        return kind + " " + blocks + (password.bytesAsTyped().isPresent() ? " twice" : "");
    }

    /// Parses the hash of another system, as [PasswordHash#parse] does.
    ///
    /// @throws InvalidValue also if this server has too little memory to verify it
    public static PasswordHash imported(String text) {
        var hash = PasswordHash.parse(text);
        if (!hasRoomFor(hash)) {
            throw new InvalidValue("The hash needs more memory than this server has for one ("
                    + HashingLimits.mostMemoryKiB() + " KiB); its operator can raise that.");
        }
        return hash;
    }

    private static boolean hasRoomFor(PasswordHash hash) {
        return hash.format().memoryKiB() <= HashingLimits.mostMemoryKiB();
    }

    private Verification verdict(Password password, HashFormat format, BlockPool memory) {
        if (format.memoryKiB() <= parameters.memoryKiB()) {
            return judged(password, format, memory);
        }
        // One at a time, since several together could fill the heap.
        large.lock();
        try {
            return judged(password, format, memory);
        } finally {
            large.unlock();
        }
    }

    private Verification judged(Password password, HashFormat format, BlockPool memory) {
        boolean current = format instanceof Argon2Hash hash && hash.hasParameters(parameters);
        if (format.matches(password.bytes(), memory)) {
            return current || !format.seesWhole(password.bytes())
                    ? Verification.RIGHT
                    : Verification.RIGHT_NEEDS_REHASH;
        }
        if (current) {
            return Verification.WRONG;
        }
        var typed = password.bytesAsTyped().filter(bytes -> format.matches(bytes, memory));
        if (typed.isPresent()) {
            return format.seesWhole(typed.get()) ? Verification.RIGHT_NEEDS_REHASH : Verification.RIGHT;
        }
        // A check with a cheap imported hash must not be faster than one of an unknown user.
        boolean ignored = nobodys.matches(password.bytes(), memory);
        return Verification.WRONG;
    }

    /// What is counted about hashing.
    public HashingFigures figures() {
        return pool.figures();
    }

    @Override
    public void close() {
        pool.close();
    }
}
