package tv.roster.docs;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A value that is computed at the first call and then cached, so that it does not slow the start.
final class Once<T> {
    private final Supplier<T> make;
    private volatile @Nullable T made;

    Once(Supplier<T> make) {
        this.make = make;
    }

    T get() {
        var value = made;
        if (value == null) {
            value = make.get();
            made = value;
        }
        return value;
    }
}
