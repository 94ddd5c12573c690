package tv.roster.installation;

import org.jspecify.annotations.Nullable;

/// One generation of the installation's secret. Times are epoch seconds.
///
/// @param secret       null once it is removed
/// @param sealingTime  from then on new things are sealed with it
/// @param removedTime  from then on nothing is opened with it; null for the newest
public record Generation(
        int number,
        @Nullable InstallationSecret secret,
        long createdTime,
        long sealingTime,
        @Nullable Long removedTime) {
    static final String TYPE = "InstallationSecret";

    /// What a generation is good for at a moment.
    enum Status {
        /// Opens, and will seal when every node knows it.
        PENDING,
        /// Seals and opens.
        CURRENT,
        /// Opens what it has sealed.
        FORMER,
        REMOVED
    }

    boolean opensAt(long now) {
        return secret != null && (removedTime == null || removedTime > now);
    }
}
