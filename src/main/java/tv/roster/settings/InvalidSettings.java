package tv.roster.settings;

import java.util.List;

/// Settings that cannot be used: each fault is one line that begins with the name of the variable.
public final class InvalidSettings extends RuntimeException {
    private final transient List<String> faults;

    InvalidSettings(List<String> faults) {
        super(String.join("; ", faults), null, false, false);
        this.faults = List.copyOf(faults);
    }

    public List<String> faults() {
        return faults;
    }
}
