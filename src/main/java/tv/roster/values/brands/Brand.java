package tv.roster.values.brands;

import org.jspecify.annotations.Nullable;

/// What an operator has set for its pages; each part is null if it has not.
///
/// @param continueUrl where a page leads when there is nothing left to do on it
public record Brand(
        @Nullable BrandUrl continueUrl,
        @Nullable BrandUrl logo,
        @Nullable BrandColor color) {
    public static final Brand NONE = new Brand(null, null, null);

    /// The stored texts, which were checked when they were written.
    public static Brand of(@Nullable String continueUrl, @Nullable String logoUrl, @Nullable String color) {
        return new Brand(
                continueUrl == null ? null : BrandUrl.parse(continueUrl),
                logoUrl == null ? null : BrandUrl.parse(logoUrl),
                color == null ? null : BrandColor.parse(color));
    }
}
