package tv.roster.events.log;

import java.time.InstantSource;
import java.time.ZoneOffset;
import tv.roster.values.ids.EventId;
import tv.roster.values.ids.Ids;
import tv.roster.work.Author;

/// Creates the entry in the event log for each change.
public record EventLines(Ids ids, InstantSource clock) {
    /// An entry with a new id and the current time.
    public EventLine next(Author author) {
        return new EventLine(new EventId(ids.next()), clock.instant().atOffset(ZoneOffset.UTC), author);
    }
}
