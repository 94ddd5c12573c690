package tv.roster.agents.signin;

import tv.roster.agents.totp.QrCode;
import tv.roster.agents.totp.TotpSecret;

/// A second factor that is being set up.
///
/// @param account the agent's address
public record Enrolment(String account, TotpSecret secret) {
    private static final String ISSUER = "Roster";

    /// The address for authenticator apps.
    public String uri() {
        return secret.uri(ISSUER, account);
    }

    /// The address as a picture, an SVG element.
    ///
    /// @param label what the picture is, for those who cannot see it
    public String picture(String label) {
        return QrCode.svg(uri(), label);
    }

    /// The secret in groups of four characters, for typing.
    public String text() {
        return String.join(" ", secret.text().split("(?<=\\G.{4})"));
    }

    @Override
    public String toString() {
        return "Enrolment[***]";
    }
}
