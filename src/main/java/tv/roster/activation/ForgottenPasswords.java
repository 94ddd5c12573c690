package tv.roster.activation;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.access.allowlist.IpAddress;
import tv.roster.access.ratelimit.Claim;
import tv.roster.access.ratelimit.Policy;
import tv.roster.access.ratelimit.RateLimit;
import tv.roster.access.ratelimit.RateLimiter;
import tv.roster.access.ratelimit.Verdict;
import tv.roster.values.domains.MailboxKey;
import tv.roster.values.languages.Language;

/// Accepts requests for a new password. Whether a user has the address is looked up after the response has been
/// sent, so that the response and its timing are the same for every address.
public final class ForgottenPasswords implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ForgottenPasswords.class);
    /// Enough for a household, or for many subscribers behind one address of a provider.
    private static final RateLimit EACH_CALLER = new RateLimit(20, 60);
    /// Prevents anyone from flooding a mailbox, or from ending somebody's links again and again.
    private static final RateLimit EACH_MAILBOX = new RateLimit(3, 900);

    private static final int AT_ONCE = 256;

    private final AccountLinks links;
    private final RateLimiter limiter = new RateLimiter(System::nanoTime);
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    public ForgottenPasswords(AccountLinks links) {
        this.links = links;
    }

    /// Where a request comes from: the caller's address, the page's language, and the request id.
    public record Asker(IpAddress address, Language language, String requestId) {}

    /// Returns whether this caller may ask; if so, the rest is done after the response.
    public Verdict ask(TenantLook tenant, String email, Asker asker) {
        var address = asker.address();
        var network = address.isIpv4() ? new UUID(0, address.low()) : new UUID(address.high(), 0);
        var verdict = limiter.tryAcquire(List.of(new Claim(Policy.FORGOTTEN_PASSWORD, network, EACH_CALLER)));
        if (verdict.allowed() && places.tryAcquire()) {
            threads.execute(() -> {
                try {
                    response(tenant, email, asker);
                } catch (RuntimeException e) {
                    LOG.warn("A request for a new password failed: {}", e.getMessage());
                } finally {
                    places.release();
                }
            });
        }
        return verdict;
    }

    private void response(TenantLook tenant, String email, Asker asker) {
        var mailbox = (tenant.id() + " " + MailboxKey.of(email)).getBytes(StandardCharsets.UTF_8);
        var claim = new Claim(Policy.FORGOTTEN_PASSWORD, UUID.nameUUIDFromBytes(mailbox), EACH_MAILBOX);
        if (limiter.tryAcquire(List.of(claim)).allowed()) {
            links.forgot(tenant.id(), email, asker.language(), asker.address().toString(), asker.requestId());
        }
    }

    /// Completes the requests that have been accepted.
    @Override
    public void close() {
        threads.close();
    }
}
