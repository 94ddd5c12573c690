package tv.roster.users.bulk;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import tv.roster.events.log.EventLines;
import tv.roster.platform.sql.UniqueViolation;
import tv.roster.users.UserKey;
import tv.roster.users.UserLocksTable;
import tv.roster.users.values.EmailAddress;
import tv.roster.values.ids.ProfileId;
import tv.roster.work.Work;

/// Carries out rows of an import: creates and changes users, or works out what would become of them.
public final class BulkUsers {
    private final EventLines lines;

    public BulkUsers(EventLines lines) {
        this.lines = lines;
    }

    /// An import, as far as its rows have to know it.
    ///
    /// @param rehearsal whether nothing is changed, and what would have been is kept for the rows that follow
    public record Task(UUID id, BulkMode mode, boolean rehearsal) {}

    /// Carries out the rows as if one after the other, in the transaction of `work`, and returns what became of
    /// each. Passwords have been hashed before. With `locks`, nobody else can change the users of the rows
    /// meanwhile: for rows that have to be carried out again.
    ///
    /// @throws ChangedMeanwhile if the transaction has to be rolled back, and the rows to be carried out again
    public List<RowOutcome> apply(Work work, Task task, List<UserRow> rows, boolean locks) {
        var drafts = new DraftUsersTable(work.statements(), work.tenant(), task.id());
        var line = lines.next(work.author());
        var source = task.rehearsal() ? drafts : new StoredUsersTable(work.statements(), work.tenant());
        if (locks && !task.rehearsal()) {
            UserLocksTable.lockAll(work.statements(), work.tenant(), keys(rows), List.of());
        }
        var plan = new Plan(task.mode(), task.id(), lines.ids(), line.epochSecond(), known(source, rows));
        rows.forEach(plan::add);
        if (task.rehearsal()) {
            if (!plan.touched().isEmpty()) {
                drafts.store(plan.touched());
            }
            return plan.outcomes();
        }
        try {
            for (var wave : plan.waves()) {
                write(work, task, wave);
            }
        } catch (UniqueViolation taken) {
            throw new ChangedMeanwhile();
        }
        return plan.outcomes();
    }

    /// The users that the rows are about.
    private static List<UserKey> keys(List<UserRow> rows) {
        var keys = new ArrayList<UserKey>();
        for (var row : rows) {
            var externalId = row.change().externalId().value();
            if (row.id() != null) {
                keys.add(new UserKey.ById(row.id()));
            } else if (externalId != null) {
                keys.add(new UserKey.ByExternalId(externalId));
            }
        }
        return keys;
    }

    private void write(Work work, Task task, Plan.Wave wave) {
        var line = lines.next(work.author());
        if (!wave.changed().isEmpty()) {
            int changed = BulkUsersTable.change(
                    work.statements(), work.tenant(), task.id(), wave.changed(), lines.ids(), line);
            if (changed < wave.changed().size()) {
                throw new ChangedMeanwhile();
            }
        }
        if (!wave.created().isEmpty()) {
            BulkUsersTable.create(work.statements(), work.tenant(), task.id(), wave.created(), lines.ids(), line);
        }
    }

    /// Looks up what the rows can meet: the users that they are about; then, where values differ from what these
    /// have, who has them.
    private static Known known(UserSource source, List<UserRow> rows) {
        var known = new Known();
        var ids = new HashSet<UUID>();
        var externalIds = new HashSet<String>();
        for (var row : rows) {
            var externalId = row.externalId();
            if (row.id() != null) {
                ids.add(row.id().value());
            } else if (externalId != null) {
                externalIds.add(externalId);
            }
        }
        if (!ids.isEmpty() || !externalIds.isEmpty()) {
            source.find(ids, externalIds).forEach(known::add);
        }
        lookUpHolders(source, rows, known);
        lookUpProfiles(source, rows, known);
        return known;
    }

    private static void lookUpHolders(UserSource source, List<UserRow> rows, Known known) {
        var emails = new HashSet<String>();
        var externalIds = new HashSet<String>();
        for (var row : rows) {
            var email = row.change().email().map(EmailAddress::key);
            if (email != null && known.byEmail(email) == null) {
                emails.add(email);
            }
            var externalId = row.externalId();
            if (externalId != null && row.id() != null && known.byExternalId(externalId) == null) {
                externalIds.add(externalId);
            }
        }
        if (!emails.isEmpty() || !externalIds.isEmpty()) {
            for (var holder : source.holders(emails, externalIds)) {
                known.holds(holder.user(), holder.emailKey(), holder.externalId());
            }
        }
    }

    /// Only of users whose rows name profiles that are not known to be theirs.
    private static void lookUpProfiles(UserSource source, List<UserRow> rows, Known known) {
        Set<UUID> users = new HashSet<>();
        for (var row : rows) {
            var user = row.id() == null ? known.byExternalId(row.externalId()) : row.id();
            var state = user == null ? null : known.user(user);
            if (state != null && namesOthers(row, state.user().defaultProfile())) {
                users.add(state.user().id().value());
            }
        }
        if (!users.isEmpty()) {
            source.profiles(users).forEach(known::profiles);
        }
    }

    private static boolean namesOthers(UserRow row, ProfileId known) {
        var named = row.change().defaultProfile();
        return row.change().stored().profiles().present() || named.differsFrom(known);
    }
}
