package tv.roster.calls;

import tv.roster.platform.http.Response;

/// Handles one kind of call of a tenant.
@FunctionalInterface
public interface CallHandler {
    Response handle(Call call);
}
