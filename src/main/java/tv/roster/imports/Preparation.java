package tv.roster.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.access.KnownTenant;
import tv.roster.credentials.hashing.PasswordHasher;
import tv.roster.imports.file.Chunk;
import tv.roster.imports.file.RawRow;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Problem;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.secrets.Seal;
import tv.roster.users.bulk.UserRow;

/// What is done with the rows of an import before a transaction begins: they are opened, read, checked, and their
/// passwords hashed.
final class Preparation {
    /// Passwords that are hashed for one transaction: some seconds of work.
    private static final int MOST_PASSWORDS = 16;

    /// Characters of what is wrong with rows that are rejected together: a row can have a hundred problems.
    private static final long MOST_DETAILS = 1 << 19;

    private static final long BUSY_MS = 500;

    private static final Problem UNREADABLE =
            new Problem(ErrorCode.INTERNAL, "The server could not read this row; send it again.");

    private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);

    private final Import job;
    private final Supplier<KnownTenant> tenant;
    private final PasswordHasher hasher;
    private final Seal seal;
    private final int most;

    /// `tenant` is the tenant as it is now, since its flags can change while an import runs; `most` is the maximum
    /// number of rows for one transaction.
    Preparation(Import job, Supplier<KnownTenant> tenant, PasswordHasher hasher, Seal seal, int most) {
        this.job = job;
        this.tenant = tenant;
        this.hasher = hasher;
        this.seal = seal;
        this.most = most;
    }

    /// What the rows of a chunk are sealed with.
    static String sealed(UUID job, int chunk) {
        return job + "/" + chunk;
    }

    int most() {
        return most;
    }

    /// The rows of a chunk, as they were sent.
    ///
    /// @throws SecretRemoved if the secret that sealed them has been removed
    List<RawRow> open(int chunk, byte[] sealedRows) {
        return Chunk.unpacked(seal.open(sealedRows, sealed(job.id(), chunk)).orElseThrow(SecretRemoved::new));
    }

    /// What an import ends with if its rows cannot be opened any more.
    static final class SecretRemoved extends RuntimeException {
        SecretRemoved() {
            super(
                    "The installation's secret that the rows were stored with has been removed; send the file again.",
                    null,
                    false,
                    false);
        }
    }

    /// The next rows to be carried out together, from one of the chunk's rows on.
    ///
    /// @throws InterruptedException if the server stops while passwords are hashed
    PreparedSlice prepare(int chunk, List<RawRow> all, int from) throws InterruptedException {
        var rows = new ArrayList<PreparedSlice.Row>();
        var reader = new RowReader(tenant.get(), job);
        int passwords = 0;
        long details = 0;
        int at = from;
        while (at < all.size() && rows.size() < most && passwords < MOST_PASSWORDS && details < MOST_DETAILS) {
            var raw = all.get(at++);
            try {
                var wanted = reader.read(raw, rows.size());
                if (wanted.setsNewPassword() && !job.dryRun()) {
                    passwords++;
                    wanted = hashed(wanted);
                }
                rows.add(new PreparedSlice.Row(raw, wanted, List.of()));
            } catch (Refusal refusal) {
                rows.add(new PreparedSlice.Row(raw, null, refusal.problems()));
                details += refusal.problems().stream()
                        .mapToLong(problem -> problem.detail().length())
                        .sum();
            } catch (RuntimeException e) {
                LOG.error("Line {} of import {} could not be read", raw.line(), job.id(), e);
                rows.add(new PreparedSlice.Row(raw, null, List.of(UNREADABLE)));
            }
        }
        boolean ends = at == all.size();
        return new PreparedSlice(reader, chunk, from, ends ? chunk + 1 : chunk, ends ? 0 : at, rows);
    }

    /// One password at a time, so that a thread of the pool is left for others; waits while too many others do.
    private UserRow hashed(UserRow row) throws InterruptedException {
        var password = row.change().password().value();
        if (password == null) {
            return row;
        }
        while (true) {
            try {
                return row.hashed(hasher.hash(job.tenant(), password));
            } catch (Refusal busy) {
                Thread.sleep(BUSY_MS);
            }
        }
    }
}
