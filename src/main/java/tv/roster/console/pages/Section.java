package tv.roster.console.pages;

import org.jspecify.annotations.Nullable;
import tv.roster.access.Scope;

/// The parts of the console, in the order of its navigation.
public enum Section {
    SUBSCRIBERS("Subscribers", "users", true, Scope.USERS_READ),
    DELETED_USERS("Deleted users", "deleted_users", true, Scope.USERS_READ),
    IMPORTS("Imports", "imports", true, Scope.BULK),
    EXPORTS("Exports", "exports", true, Scope.BULK),
    WEBHOOKS("Webhooks", "webhooks", true, Scope.WEBHOOKS),
    KEYS("API keys", "keys", true, Scope.ADMIN),
    SETTINGS("Settings", "settings", true, Scope.ADMIN),
    OVERVIEW("Overview", "overview", false, Scope.ADMIN),
    TENANTS("Tenants", "tenants", false, Scope.USERS_READ),
    AGENTS("Agents", "agents", false, Scope.ADMIN),
    AUDIT("Audit", "audit", false, Scope.ADMIN),
    ACCOUNT("Your account", "account", false, null);

    private final String label;
    private final String path;
    private final boolean ofTenant;
    private final @Nullable Scope scope;

    Section(String label, String path, boolean ofTenant, @Nullable Scope scope) {
        this.label = label;
        this.path = path;
        this.ofTenant = ofTenant;
        this.scope = scope;
    }

    public String label() {
        return label;
    }

    /// The last segment of its first page.
    String path() {
        return path;
    }

    /// Whether its pages are about one tenant.
    boolean isOfTenant() {
        return ofTenant;
    }

    /// What an agent needs for it; null for nothing.
    @Nullable
    Scope scope() {
        return scope;
    }
}
