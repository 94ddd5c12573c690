package tv.roster.installation;

import org.jspecify.annotations.Nullable;

/// A generation of the installation's secret. Times are in epoch seconds.
///
/// @param secret      null once it has been removed
/// @param sealingTime from when on it is used for sealing
/// @param removedTime from when on it opens nothing; null for the newest
public record Generation(
        int number,
        @Nullable InstallationSecret secret,
        long createdTime,
        long sealingTime,
        @Nullable Long removedTime) {
    static final String TYPE = "InstallationSecret";

    /// What a generation is used for at a given time.
    enum Status {
        /// Opens, and will seal once every node knows it.
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
