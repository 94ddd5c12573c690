package tv.roster.access.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import tv.roster.platform.problems.Refusal;

class RateLimiterTest {
    private final StoppedClock clock = new StoppedClock();
    private final RateLimiter limiter = new RateLimiter(clock);
    private final UUID tenant = UUID.randomUUID();
    private final UUID key = UUID.randomUUID();

    @Test
    void withoutLimitsNothingIsCountedOrTold() {
        Verdict verdict = limiter.tryAcquire(List.of());
        assertThat(verdict.allowed()).isTrue();
        assertThat(verdict.headers()).isEmpty();
    }

    @Test
    void allowsTheBurstAndThenRefuses() {
        Claim claim = tenantClaim("3/1s");
        assertThat(allowedOf(10, claim)).isEqualTo(3);
    }

    @Test
    void fillsEvenlyAndNeverBeyondItsSize() {
        Claim claim = tenantClaim("10/60s");
        allowedOf(10, claim);
        clock.pass(Duration.ofMillis(5_999));
        assertThat(allowedOf(5, claim)).isZero();
        clock.pass(Duration.ofMillis(1));
        assertThat(allowedOf(5, claim)).isEqualTo(1);
        clock.pass(Duration.ofSeconds(30));
        assertThat(allowedOf(10, claim)).isEqualTo(5);
        clock.pass(Duration.ofHours(10));
        assertThat(allowedOf(20, claim)).isEqualTo(10);
    }

    @Test
    void keepsToTheRateInTheLongRun() {
        Claim claim = tenantClaim("100/1s");
        allowedOf(100, claim);
        long served = 0;
        for (int tick = 0; tick < 1000; tick++) {
            clock.pass(Duration.ofMillis(7));
            served += allowedOf(3, claim);
        }
        assertThat(served).isEqualTo(700);
    }

    @Test
    void whoWaitsAsLongAsRetryAfterSaysIsServed() {
        Claim claim = tenantClaim("7/100s");
        allowedOf(7, claim);
        Verdict refused = limiter.tryAcquire(List.of(claim));
        assertThat(refused.headers()).containsEntry("Retry-After", "15");
        clock.pass(Duration.ofSeconds(14));
        assertThat(allowedOf(1, claim)).isZero();
        clock.pass(Duration.ofSeconds(1));
        assertThat(allowedOf(1, claim)).isEqualTo(1);
    }

    @Test
    void tenantsAndKeysCountForThemselves() {
        allowedOf(1, tenantClaim("1/60s"));
        assertThat(allowedOf(1, tenantClaim("1/60s"))).isZero();
        assertThat(allowedOf(1, keyClaim("1/60s"))).isEqualTo(1);
        assertThat(allowedOf(1, new Claim(Policy.TENANT, UUID.randomUUID(), RateLimit.parse("1/60s"))))
                .isEqualTo(1);
        assertThat(allowedOf(1, new Claim(Policy.KEY, tenant, RateLimit.parse("1/60s"))))
                .isEqualTo(1);
    }

    @Test
    void aRequestRefusedForTheTenantCostsTheKeyNothing() {
        allowedOf(1, tenantClaim("1/60s"));
        assertThat(allowedOf(50, keyClaim("5/60s"), tenantClaim("1/60s"))).isZero();
        assertThat(allowedOf(50, keyClaim("5/60s"))).isEqualTo(5);
    }

    @Test
    void aRequestRefusedForTheKeyCostsTheTenantNothing() {
        allowedOf(1, keyClaim("1/60s"));
        assertThat(allowedOf(50, keyClaim("1/60s"), tenantClaim("5/60s"))).isZero();
        assertThat(allowedOf(50, tenantClaim("5/60s"))).isEqualTo(5);
    }

    @Test
    void aChangedLimitHoldsAtOnce() {
        allowedOf(1, tenantClaim("1/60s"));
        assertThat(allowedOf(9, tenantClaim("3/60s"))).isEqualTo(3);
    }

    @Test
    void tellsHowTheCallerStands() {
        Verdict verdict = limiter.tryAcquire(List.of(keyClaim("10/60s"), tenantClaim("100/1s")));
        assertThat(verdict.allowed()).isTrue();
        assertThat(verdict.headers())
                .containsOnlyKeys("RateLimit-Policy", "RateLimit")
                .containsEntry("RateLimit-Policy", "\"key\";q=10;w=60, \"tenant\";q=100;w=1")
                .containsEntry("RateLimit", "\"key\";r=9;t=6, \"tenant\";r=99;t=1");
    }

    @Test
    void theTimeToldIsUntilSomethingComesBack() {
        Claim claim = tenantClaim("10/60s");
        allowedOf(4, claim);
        clock.pass(Duration.ofMillis(2_500));
        assertThat(limiter.tryAcquire(List.of(claim)).headers()).containsEntry("RateLimit", "\"tenant\";r=5;t=4");
    }

    @Test
    void theRefusalIsA429ThatNamesTheExhaustedLimit() {
        allowedOf(2, keyClaim("2/60s"));
        Verdict verdict = limiter.tryAcquire(List.of(keyClaim("2/60s"), tenantClaim("100/100s")));
        assertThatThrownBy(verdict::require)
                .isInstanceOf(Refusal.class)
                .hasMessage("Too many requests for the limit: key (2/60s); repeat this one after 30 s.")
                .asInstanceOf(InstanceOfAssertFactories.type(Refusal.class))
                .satisfies(refusal -> {
                    assertThat(refusal.status()).isEqualTo(429);
                    assertThat(refusal.problems().getFirst().code().code()).isEqualTo("rate_limited");
                    assertThat(refusal.headers())
                            .containsEntry("Retry-After", "30")
                            .containsEntry("RateLimit-Policy", "\"key\";q=2;w=60, \"tenant\";q=100;w=100")
                            .containsEntry("RateLimit", "\"key\";r=0;t=30, \"tenant\";r=100;t=1");
                });
    }

    @Test
    void retryAfterIsAtLeastASecondAndWaitsForEveryExhaustedLimit() {
        Standing fast = new Standing(Policy.KEY, RateLimit.parse("100/1s"), 0, 1);
        Standing slow = new Standing(Policy.TENANT, RateLimit.parse("2/60s"), 0, 17);
        Standing idle = new Standing(Policy.TENANT, RateLimit.parse("2/60s"), 1, 30);
        assertThat(new Verdict(false, List.of(fast)).retryAfterSeconds()).isEqualTo(1);
        assertThat(new Verdict(false, List.of(fast, slow)).retryAfterSeconds()).isEqualTo(17);
        assertThat(new Verdict(false, List.of(fast, idle)).retryAfterSeconds()).isEqualTo(1);
        assertThatCode(() -> new Verdict(true, List.of(fast)).require()).doesNotThrowAnyException();
    }

    @Test
    void callersAtOnceGetNoMoreThanTheLimit() throws Exception {
        List<Claim> claims = List.of(keyClaim("5000/60s"), tenantClaim("777/60s"));
        Callable<Long> caller = () -> Stream.generate(() -> limiter.tryAcquire(claims))
                .limit(500)
                .filter(Verdict::allowed)
                .count();
        long served = 0;
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Long> count : callers.invokeAll(List.of(caller, caller, caller, caller))) {
                served += count.get();
            }
        }
        assertThat(served).isEqualTo(777);
        assertThat(allowedOf(6000, keyClaim("5000/60s"))).isEqualTo(5000 - 777);
    }

    private Claim tenantClaim(String limit) {
        return new Claim(Policy.TENANT, tenant, RateLimit.parse(limit));
    }

    private Claim keyClaim(String limit) {
        return new Claim(Policy.KEY, key, RateLimit.parse(limit));
    }

    private long allowedOf(int requests, Claim... claims) {
        return Stream.generate(() -> limiter.tryAcquire(List.of(claims)))
                .limit(requests)
                .filter(Verdict::allowed)
                .count();
    }
}
