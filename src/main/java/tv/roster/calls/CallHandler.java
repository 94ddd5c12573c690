package tv.roster.calls;

import tv.roster.platform.http.Answer;

/// Handles one kind of call of a tenant.
@FunctionalInterface
public interface CallHandler {
    Answer answer(Call call);
}
