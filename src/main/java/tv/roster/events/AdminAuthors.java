package tv.roster.events;

import java.time.InstantSource;
import tv.roster.access.Caller;
import tv.roster.platform.http.Request;
import tv.roster.values.ids.Ids;

/// Says who makes the change that a call of the admin API asks for.
public record AdminAuthors(Ids ids, InstantSource clock) {
    public Author of(Caller caller, Request request) {
        return Author.of(ids.next(), clock.instant(), caller.key().id().value(), caller.address(), request.id());
    }
}
