package tv.roster.events.log;

import java.time.InstantSource;
import java.time.ZoneOffset;
import tv.roster.values.ids.EventId;
import tv.roster.values.ids.Ids;
import tv.roster.work.Author;

/// Gives each change its line in the event log.
public record EventLines(Ids ids, InstantSource clock) {
    /// A line with a new id and the time of now.
    public EventLine next(Author author) {
        return new EventLine(new EventId(ids.next()), clock.instant().atOffset(ZoneOffset.UTC), author);
    }
}
