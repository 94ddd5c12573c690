package tv.roster.pages;

import java.util.Arrays;
import java.util.Optional;

/// The guides of `docs/` that the server shows, in the order in which a newcomer reads them.
enum Guide {
    USE_CASES("use-cases", "Use cases", "From a new subscriber to the nightly reconciliation, call by call."),
    ACTIVATION("activation", "Activation", "How a subscriber becomes registered, and what the login asks."),
    MIGRATION("migration", "Migration", "From the legacy BSS calls, field by field and code by code."),
    DIFFERENCES("differences", "Differences", "The V4 page as it is, and what Roster does."),
    LIMITS("limits", "Known limits", "What Roster does not do, and where it ends."),
    CONFIGURATION("configuration", "Configuration", "Settings, the data folder, backup."),
    OPERATORS("operators", "Operators", "Tenants, keys, allow-lists and limits."),
    GLOSSARY("glossary", "Glossary", "The words of the field.");

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

    private String path() {
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
