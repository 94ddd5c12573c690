package tv.roster.access;

import tv.roster.platform.http.Answer;

/// Answers one kind of call of a tenant.
@FunctionalInterface
public interface BssHandler {
    Answer answer(Call call);
}
