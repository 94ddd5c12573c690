package tv.roster.docs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tv.roster.testing.NodeTools;

/// The description passes the two linters that its readers are likely to use.
class LintTest {
    @Test
    void spectralFindsNothing() {
        var run = NodeTools.run(
                "spectral", "lint", "-F", "hint", "-r", "src/test/node/.spectral.yaml", "api/openapi.yaml");
        assertThat(run.output()).contains("No results with a severity of 'hint' or higher found!");
        assertThat(run.status()).as(run.output()).isZero();
    }

    @Test
    void redoclyFindsNothing() {
        var run = NodeTools.run("redocly", "lint", "--config", "src/test/node/redocly.yaml", "api/openapi.yaml");
        assertThat(run.status()).as(run.output()).isZero();
        assertThat(run.output()).contains("Your API description is valid");
    }
}
