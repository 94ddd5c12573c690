package tv.roster.agents.signin;

import java.util.Optional;
import tv.roster.agents.totp.TotpSecret;
import tv.roster.platform.secrets.Seal;
import tv.roster.values.ids.AgentId;

/// Encrypts the secrets of second factors for the database.
public record SecondFactors(Seal seal) {
    byte[] sealed(TotpSecret secret, AgentId agent) {
        return seal.seal(secret.bytes(), row(agent));
    }

    /// Empty if the secret of the installation that sealed it was removed.
    Optional<TotpSecret> open(byte[] sealed, AgentId agent) {
        return seal.open(sealed, row(agent)).map(TotpSecret::of);
    }

    /// The same encrypted with the newest key of the installation; empty if it is, or if it cannot be opened.
    Optional<byte[]> renewed(byte[] sealed, AgentId agent) {
        return seal.renewed(sealed, row(agent));
    }

    private static String row(AgentId agent) {
        return "agent " + agent;
    }
}
