package tv.roster.users.bulk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Problem;
import tv.roster.platform.problems.Problems;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;
import tv.roster.users.OwnPassword;
import tv.roster.users.StoredMembers;
import tv.roster.users.User;
import tv.roster.users.UserChange;
import tv.roster.users.UserMember;
import tv.roster.users.Users;
import tv.roster.users.values.EmailAddress;
import tv.roster.users.values.FullName;
import tv.roster.users.values.RegistrationState;
import tv.roster.users.values.TelephoneNumber;
import tv.roster.values.ids.Ids;
import tv.roster.values.ids.ProfileId;
import tv.roster.values.ids.UserId;

/// What rows make of the users that they meet, worked out one row after the other: the outcome of each, and the
/// writes that carry them out together.
///
/// Writes of one wave are independent of each other. A row that changes a user again, or takes a value that a row
/// before has given up, is in a later wave, so that each statement changes a user once and meets no value that is
/// still taken.
final class Plan {
    private final BulkMode mode;
    private final UUID importId;
    private final Ids ids;
    private final long now;
    private final Known known;
    private final Map<UserId, Integer> waves = new HashMap<>();
    private final Map<String, Integer> freedEmails = new HashMap<>();
    private final Map<String, Integer> freedExternalIds = new HashMap<>();
    private final List<RowOutcome> outcomes = new ArrayList<>();
    private final TreeMap<Integer, Wave> writes = new TreeMap<>();

    /// @param importId users with ids after it were created since the import began
    /// @param now      the time of the changes in epoch seconds
    Plan(BulkMode mode, UUID importId, Ids ids, long now, Known known) {
        this.mode = mode;
        this.importId = importId;
        this.ids = ids;
        this.now = now;
        this.known = known;
    }

    /// A write that carries out a row.
    record Write(UserRow row, UserState after) {
        UserId user() {
            return after.user().id();
        }

        UserChange change() {
            return row.change();
        }
    }

    /// Writes that can be made in any order, or at once.
    record Wave(List<Write> created, List<Write> changed) {}

    List<RowOutcome> outcomes() {
        return outcomes;
    }

    /// The waves in their order.
    List<Wave> waves() {
        return List.copyOf(writes.values());
    }

    /// The users that were created or changed, as they are after all rows.
    List<UserState> touched() {
        return waves.keySet().stream()
                .map(known::user)
                .map(Objects::requireNonNull)
                .toList();
    }

    void add(UserRow row) {
        try {
            var before = target(row);
            outcomes.add(before == null ? create(row) : change(row, before));
        } catch (Refusal refusal) {
            outcomes.add(new RowOutcome.Rejected(refusal.problems()));
        }
    }

    /// The user that the row changes; null if it creates one.
    private @Nullable UserState target(UserRow row) {
        return row.id() == null ? targetByExternalId(row) : targetById(row, row.id());
    }

    private UserState targetById(UserRow row, UserId id) {
        var user = known.user(id);
        if (user == null || mode == BulkMode.CREATE) {
            throw new Refusal(
                    ErrorCode.CLIENT_ID_NOT_ALLOWED,
                    user == null
                            ? "There is no user with this id, and the server generates the ids of new ones."
                            : "The server generates the ids of new users.",
                    UserMember.ID);
        }
        var holder = known.byExternalId(row.externalId());
        if (holder != null && !holder.equals(id)) {
            throw Users.idMismatch();
        }
        return user;
    }

    private @Nullable UserState targetByExternalId(UserRow row) {
        // In mode `create`, a user that has the external id is reported together with one that has the address.
        var holder = mode == BulkMode.CREATE ? null : known.byExternalId(row.externalId());
        if (holder == null && mode == BulkMode.UPDATE) {
            throw new Refusal(
                    ErrorCode.NOT_FOUND,
                    row.externalId() == null
                            ? "The row says neither by id nor by external id which user it is about."
                            : "There is no user with this external id.",
                    UserMember.EXTERNAL_ID);
        }
        return holder == null ? null : known.user(holder);
    }

    private RowOutcome create(UserRow row) {
        StoredMembers.refuse(row.change());
        var user = new UserState(made(row), row.change().email().map(EmailAddress::key), UserState.hash(row));
        refuseTaken(null, user);
        write(row, null, user);
        return new RowOutcome.Created();
    }

    private User made(UserRow row) {
        var change = row.change();
        var id = ids.next();
        // All times of a new user are the time in its id.
        long time = Ids.epochSecond(id);
        var flags = change.flagWords();
        return new User(
                new UserId(id),
                1,
                change.name().map(FullName::value),
                flags == null ? List.of() : flags,
                change.email().map(EmailAddress::value),
                change.telephone().map(TelephoneNumber::value),
                change.state().value() == RegistrationState.REGISTERED ? time : null,
                row.externalId(),
                new ProfileId(ids.next()),
                UserState.hash(row) != null,
                time,
                List.of());
    }

    private RowOutcome change(UserRow row, UserState before) {
        if (row.change().password().value() != null) {
            var problems = new Problems();
            OwnPassword.check(row.change(), before.user(), problems);
            problems.throwIfAny();
        }
        if (row.change().needsLook()) {
            StoredMembers.check(row.change(), before.user(), known.profiles(before.user()));
        }
        var after = before.after(row, now);
        if (after.equals(before)) {
            return new RowOutcome.Unchanged();
        }
        refuseTaken(before, after);
        write(row, before, after);
        return new RowOutcome.Updated();
    }

    private void refuseTaken(@Nullable UserState before, UserState after) {
        var problems = new Problems();
        if (before == null || !Objects.equals(before.emailKey(), after.emailKey())) {
            refuseTaken(problems, known.byEmail(after.emailKey()), after, ErrorCode.EMAIL_TAKEN, UserMember.EMAIL);
        }
        var externalId = after.user().externalId();
        if (before == null || !Objects.equals(before.user().externalId(), externalId)) {
            refuseTaken(
                    problems,
                    known.byExternalId(externalId),
                    after,
                    ErrorCode.EXTERNAL_ID_TAKEN,
                    UserMember.EXTERNAL_ID);
        }
        problems.throwIfAny();
    }

    private void refuseTaken(
            Problems problems, @Nullable UserId holder, UserState self, ErrorCode code, UserMember member) {
        if (holder != null && !holder.equals(self.user().id())) {
            // A rehearsal and the import after it report the same, so that users created on the way are not named.
            var detail = holder.value().compareTo(importId) < 0
                    ? "User " + holder + " has this already."
                    : "Another user has this already, created by a row before this one or since the import was sent.";
            problems.add(new Problem(code, detail, Source.member(member)));
        }
    }

    private void write(UserRow row, @Nullable UserState before, UserState after) {
        int wave = Math.max(
                before == null ? 0 : next(waves.get(before.user().id())),
                Math.max(
                        next(freedEmails.get(after.emailKey())),
                        next(freedExternalIds.get(after.user().externalId()))));
        var all = writes.computeIfAbsent(wave, number -> new Wave(new ArrayList<>(), new ArrayList<>()));
        (before == null ? all.created() : all.changed()).add(new Write(row, after));
        waves.put(after.user().id(), wave);
        if (before != null) {
            freed(freedEmails, before.emailKey(), after.emailKey(), wave);
            freed(freedExternalIds, before.user().externalId(), after.user().externalId(), wave);
        }
        known.replace(before, after);
    }

    private static int next(@Nullable Integer wave) {
        return wave == null ? 0 : wave + 1;
    }

    private static void freed(Map<String, Integer> values, @Nullable String before, @Nullable String after, int wave) {
        if (before != null && !before.equals(after)) {
            values.put(before, wave);
        }
    }
}
