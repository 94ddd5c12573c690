package tv.roster.privacy;

import tv.roster.events.log.EventLine;
import tv.roster.events.log.EventLines;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.privacy.PersonalDataTable.Opened;
import tv.roster.values.ids.UserId;
import tv.roster.work.Work;

/// The rules of exports of one person's data.
public final class PersonalDataExports {
    private final EventLines lines;

    public PersonalDataExports(EventLines lines) {
        this.lines = lines;
    }

    /// Throws the `404` unless there is such a user, or one that was deleted and can still be restored.
    void find(Work work, UserId user) {
        long now = lines.clock().instant().getEpochSecond();
        if (!PersonalDataTable.exists(work.statements(), work.tenant(), user, now)) {
            throw notFound();
        }
    }

    /// The entry in the audit log, whose id is that of the export.
    EventLine line(Work work) {
        return lines.next(work.author());
    }

    /// Begins an export; the statement writes its entry in the audit log.
    Opened open(Work work, UserId user, EventLine line) {
        return PersonalDataTable.open(work.statements(), work.tenant(), user, line)
                .orElseThrow(PersonalDataExports::notFound);
    }

    static Refusal notFound() {
        return new Refusal(
                ErrorCode.NOT_FOUND, "There is no such user, and none that was deleted and can still be restored.");
    }
}
