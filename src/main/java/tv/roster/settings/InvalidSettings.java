package tv.roster.settings;

import java.util.List;

/// Settings that cannot be used: every fault, each as one line that begins with the variable's name.
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
