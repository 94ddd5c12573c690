package tv.roster.privacy;

import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import tv.roster.credentials.CredentialChecks;
import tv.roster.events.log.EventLine;
import tv.roster.events.log.EventLines;
import tv.roster.idempotency.IdempotencyTable;
import tv.roster.imports.ErasedRowsTable;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.secrets.Seal;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;
import tv.roster.webhooks.delivery.WebhookAttemptsTable;
import tv.roster.work.Work;

/// The rules of erasures: everything personal about a user goes at once, from every place, in one transaction with
/// the receipt.
public final class Erasures {
    private final Seal importSeal;
    private final EventLines lines;
    private final InstantSource clock;

    /// `importSeal` opens the stored rows of imports.
    public Erasures(Seal importSeal, EventLines lines, InstantSource clock) {
        this.importSeal = importSeal;
        this.lines = lines;
        this.clock = clock;
    }

    Erasure find(Work work, UUID id) {
        return ErasuresTable.find(work.statements(), work.tenant(), id).orElseThrow(Erasures::noReceipt);
    }

    /// Erases a user.
    ///
    /// @throws Refusal `404` if there is no such user, and never was
    Erasure erase(Work work, ErasedUser wanted) {
        long requested = clock.instant().getEpochSecond();
        return work.statements().inTransaction(transaction -> {
            var user = wanted.find(transaction, work.tenant()).orElseThrow(Erasures::nobody);
            var line = lines.next(work.author());
            var removed = remove(transaction, work.tenant(), user, line);
            var erasure = new Erasure(
                    lines.ids().next(),
                    user,
                    requested,
                    clock.instant().getEpochSecond(),
                    work.author().apiKey(),
                    work.author().agent(),
                    removed);
            ErasuresTable.add(transaction, work.tenant(), erasure);
            return erasure;
        });
    }

    /// Nothing is changed about the user by others from the first statement on.
    private Map<Place, Integer> remove(Statements transaction, TenantId tenant, UserId user, EventLine line) {
        var last = ErasuresTable.lock(transaction, tenant, user);
        var person = PersonTable.read(transaction, tenant, user);
        var removed = new EnumMap<Place, Integer>(Place.class);
        removed.put(Place.MAILS, ErasuresTable.deleteMails(transaction, tenant, user));
        removed.put(Place.LINKS, ErasuresTable.deleteLinks(transaction, tenant, user));
        removed.put(Place.PROFILES, ErasuresTable.deleteProfiles(transaction, tenant, user));
        removed.put(Place.USERS, ErasuresTable.deleteUser(transaction, tenant, user));
        removed.put(Place.DELETED_COPIES, ErasuresTable.emptyCopy(transaction, tenant, user, line.epochSecond()));
        removed.put(Place.FAILED_LOGINS, CredentialChecks.erase(transaction, person));
        removed.put(Place.KEPT_ANSWERS, IdempotencyTable.erase(transaction, person));
        removed.put(Place.IMPORT_ROWS, ErasedRowsTable.eraseWaiting(transaction, person, importSeal));
        removed.put(Place.REJECTED_ROWS, ErasedRowsTable.eraseRejected(transaction, person));
        removed.put(Place.EVENTS, ErasuresTable.emptyEvents(transaction, tenant, user));
        removed.put(Place.WEBHOOK_ATTEMPTS, WebhookAttemptsTable.erase(transaction, person));
        tell(transaction, tenant, user, last, removed, line);
        return removed;
    }

    /// Whoever follows the feed forgets the user, too. An erasure that finds nothing more has nothing to tell.
    private static void tell(
            Statements transaction,
            TenantId tenant,
            UserId user,
            ErasuresTable.Last last,
            Map<Place, Integer> removed,
            EventLine line) {
        if (removed.getOrDefault(Place.USERS, 0) > 0) {
            ErasuresTable.addDeleted(transaction, tenant, user, last, line);
        }
        boolean found = removed.values().stream().anyMatch(count -> count > 0);
        if (found || !ErasuresTable.isErased(transaction, tenant, user)) {
            ErasuresTable.log(transaction, tenant, user, last, line);
        }
    }

    static Refusal nobody() {
        return new Refusal(ErrorCode.NOT_FOUND, "There is no such user, and never was.");
    }

    static Refusal noReceipt() {
        return new Refusal(ErrorCode.NOT_FOUND, "There is no such erasure.");
    }
}
