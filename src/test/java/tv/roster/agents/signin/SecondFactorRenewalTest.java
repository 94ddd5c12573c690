package tv.roster.agents.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tv.roster.agents.totp.TotpSecret;
import tv.roster.platform.secrets.Keys;
import tv.roster.platform.secrets.Seal;
import tv.roster.values.ids.AgentId;

class SecondFactorRenewalTest {
    private static final byte[] OLD = Base64.getDecoder().decode("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    private static final byte[] NEW = Base64.getDecoder().decode("AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=");

    private final AgentId agent = new AgentId(new UUID(1, 2));
    private final SecondFactors before = new SecondFactors(new Seal(Keys.of(OLD)));
    private final SecondFactors during = new SecondFactors(new Seal(Keys.of(NEW, OLD)));
    private final SecondFactors after = new SecondFactors(new Seal(Keys.of(NEW)));

    @Test
    void aSecondFactorOutlivesTheKeyThatEncryptedIt() {
        var secret = TotpSecret.random();
        var sealed = before.sealed(secret, agent);
        var renewed = during.renewed(sealed, agent).orElseThrow();
        assertThat(after.open(renewed, agent)).contains(secret);
        assertThat(during.renewed(renewed, agent)).isEmpty();
        assertThat(after.open(sealed, agent)).isEmpty();
        assertThat(after.open(renewed, new AgentId(new UUID(1, 3))))
                .as("of another agent")
                .isEmpty();
    }
}
