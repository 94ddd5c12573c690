package tv.roster.docs;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Something that is made at the first call and then kept, so that the start does not wait for it.
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
