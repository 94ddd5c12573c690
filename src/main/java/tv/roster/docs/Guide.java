package tv.roster.docs;

import java.util.Arrays;
import java.util.Optional;

/// The guides of `docs/` that the server shows, in the recommended reading order.
enum Guide {
    USE_CASES("use-cases", "Use cases", "How a BSS manages its subscribers, call by call."),
    BULK("bulk", "Bulk", "Imports and exports: moving in, and the nightly comparison."),
    EVENTS("events", "Events", "The feed and webhooks: how other systems learn of every change."),
    ACTIVATION("activation", "Activation", "Activation links, passwords, and the login check."),
    PRIVACY("privacy", "Privacy", "What Roster holds about a person, access, erasure, retention."),
    MIGRATION("migration", "Migration", "How to replace the legacy BSS calls, fields and codes."),
    DIFFERENCES("differences", "Differences", "Where Roster extends or differs from the V4 page."),
    LIMITS("limits", "Known limits", "What Roster does not do, and its limits."),
    INSTALLING("installing", "Installing", "Packages, upgrades and removal; containers and Kubernetes."),
    CONFIGURATION("configuration", "Configuration", "Settings, the data folder, health checks."),
    BACKUP("backup", "Backup and restore", "How to back up an installation, restore it, and move it."),
    MONITORING("monitoring", "Monitoring", "Health checks, metrics, alerts, and the log."),
    PRODUCTION("production", "In production", "Several servers behind a proxy, failover, roles, a checklist."),
    UPGRADING("upgrading", "Upgrading", "How to install a newer version without losing a call, and go back."),
    SCALING("scaling", "Scaling", "What one PostgreSQL carries, and what to do beyond it."),
    OPERATORS("operators", "Operators", "Setting up tenants, keys, allow-lists and limits."),
    CONSOLE("console", "Console", "For support agents: finding a subscriber, and what can be done."),
    GLOSSARY("glossary", "Glossary", "The terms used in the guides.");

    private final String file;
    private final String title;
    private final String summary;

    Guide(String file, String title, String summary) {
        this.file = file;
        this.title = title;
        this.summary = summary;
    }

    String file() {
        return file;
    }

    String title() {
        return title;
    }

    String summary() {
        return summary;
    }

    String path() {
        return "guides/" + file + ".md";
    }

    boolean isThere() {
        return Guide.class.getResource(path()) != null;
    }

    String markdown() {
        return Files.text(path());
    }

    static Optional<Guide> named(String file) {
        return Arrays.stream(values())
                .filter(guide -> guide.file.equals(file) && guide.isThere())
                .findFirst();
    }
}
