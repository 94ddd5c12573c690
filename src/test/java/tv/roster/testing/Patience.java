package tv.roster.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// How long tests wait for something before they fail. What is slow is measured by benchmarks: a test that fails
/// because
/// the machine has much to do says nothing. JUnit registers it by `META-INF/services`.
public final class Patience implements BeforeAllCallback {
    public static final Duration LIMIT = Duration.ofMinutes(1);

    @Override
    public void beforeAll(ExtensionContext test) {
        Awaitility.setDefaultTimeout(LIMIT);
    }
}
