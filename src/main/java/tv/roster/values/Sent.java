package tv.roster.values;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A member of a request: absent, null, or a value. PATCH needs the difference.
public record Sent<T>(boolean present, @Nullable T value) {
    private static final Sent<?> ABSENT = new Sent<>(false, null);

    @SuppressWarnings("unchecked")
    public static <T> Sent<T> absent() {
        return (Sent<T>) ABSENT;
    }

    public static <T> Sent<T> of(@Nullable T value) {
        return new Sent<>(true, value);
    }

    /// Applies `step` to the value; null remains null.
    public <R> @Nullable R map(Function<T, @Nullable R> step) {
        return value == null ? null : step.apply(value);
    }

    /// True if something was sent that is not `stored`; for read-only members, which may be sent back unchanged.
    public boolean differsFrom(@Nullable T stored) {
        return present && !Objects.equals(value, stored);
    }
}
