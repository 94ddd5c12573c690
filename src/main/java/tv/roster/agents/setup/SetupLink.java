package tv.roster.agents.setup;

import tv.roster.agents.values.SetupToken;

/// A link with which an agent chooses a password, while it may be shown.
///
/// @param expiresTime in epoch seconds
public record SetupLink(SetupToken token, long expiresTime) {
    private static final String PAGE = "/console/setup?token=";

    /// The address of the page.
    ///
    /// @param origin where the console is, such as `https://roster.example`
    public String url(String origin) {
        return origin + PAGE + token.value();
    }
}
