package tv.roster.access;

import tv.roster.platform.http.Demand;

/// What routes of the admin API demand that also serve the administrators of a tenant. Such a route shows and changes
/// only what belongs to [Caller#within]; all others demand [Scope#ADMIN], which refuses callers of a tenant.
public enum Administration implements Demand<Caller> {
    OF_OWN_TENANT;

    /// The scope that callers need.
    public Scope scope() {
        return Scope.ADMIN;
    }

    @Override
    public void check(Caller caller) {
        scope().require(caller);
    }
}
