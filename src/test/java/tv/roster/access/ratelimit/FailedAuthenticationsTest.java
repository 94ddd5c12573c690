package tv.roster.access.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import tv.roster.access.allowlist.IpAddress;
import tv.roster.platform.problems.Refusal;

class FailedAuthenticationsTest {
    private static final IpAddress GUESSER = IpAddress.parse("203.0.113.9");

    private final StoppedClock clock = new StoppedClock();
    private final FailedAuthentications failures = new FailedAuthentications(RateLimit.parse("10/60s"), clock);

    @Test
    void theFirstFailuresAreAnsweredAndTheRestRefused() {
        assertThat(answeredOf(100, GUESSER)).isEqualTo(10);
    }

    @Test
    void refusedFailuresDoNotLengthenTheWait() {
        answeredOf(100, GUESSER);
        clock.pass(Duration.ofMillis(5_999));
        assertThat(answeredOf(100, GUESSER)).isZero();
        clock.pass(Duration.ofMillis(1));
        assertThat(answeredOf(100, GUESSER)).isEqualTo(1);
        clock.pass(Duration.ofSeconds(60));
        assertThat(answeredOf(100, GUESSER)).isEqualTo(10);
    }

    @Test
    void theRefusalTellsHowLongToWait() {
        answeredOf(10, GUESSER);
        clock.pass(Duration.ofMillis(500));
        assertThatThrownBy(() -> failures.count(GUESSER).require())
                .asInstanceOf(InstanceOfAssertFactories.type(Refusal.class))
                .satisfies(refusal -> {
                    assertThat(refusal.status()).isEqualTo(429);
                    assertThat(refusal.headers())
                            .containsEntry("Retry-After", "6")
                            .containsEntry("RateLimit", "\"failed-authentication\";r=0;t=6")
                            .containsEntry("RateLimit-Policy", "\"failed-authentication\";q=10;w=60");
                });
    }

    @Test
    void anAnsweredFailureTellsNothing() {
        assertThat(failures.count(GUESSER).headers()).isEmpty();
    }

    @Test
    void anotherIpv4AddressCountsForItself() {
        answeredOf(10, GUESSER);
        // Two addresses in 262,144 may share a slot by chance; four neighbours that all do are a fault.
        assertThat(Stream.of("203.0.113.8", "203.0.113.10", "203.0.112.9", "9.113.0.203")
                        .anyMatch(
                                other -> failures.count(IpAddress.parse(other)).allowed()))
                .isTrue();
    }

    @Test
    void anIpv6NetworkOf64BitsIsOneAddress() {
        answeredOf(10, IpAddress.parse("2001:db8:0:1::1"));
        assertThat(failures.count(IpAddress.parse("2001:db8:0:1:ffff::9")).allowed())
                .isFalse();
        assertThat(Stream.of("2001:db8:0:2::1", "2001:db8:0:3::1", "2001:db8:1:1::1")
                        .anyMatch(
                                other -> failures.count(IpAddress.parse(other)).allowed()))
                .isTrue();
    }

    @Test
    void aMappedAddressIsItsIpv4Address() {
        answeredOf(10, GUESSER);
        assertThat(failures.count(IpAddress.parse("::ffff:203.0.113.9")).allowed())
                .isFalse();
    }

    @Test
    void aFloodOfAddressesNeitherFreesTheGuesserNorBlocksTheOthers() {
        answeredOf(10, GUESSER);
        long answered = 0;
        for (int i = 0; i < 100_000; i++) {
            answered += failures.count(IpAddress.ofIpv4(i * 31)).allowed() ? 1 : 0;
        }
        assertThat(failures.count(GUESSER).allowed()).isFalse();
        assertThat(answered).isGreaterThan(99_900);
    }

    @Test
    void guessersAtOnceGetNoMoreThanTheLimit() throws Exception {
        Callable<Long> guesser = () -> answeredOf(1000, GUESSER);
        long answered = 0;
        try (ExecutorService guessers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Long> count : guessers.invokeAll(List.of(guesser, guesser, guesser, guesser))) {
                answered += count.get();
            }
        }
        assertThat(answered).isEqualTo(10);
    }

    private long answeredOf(int attempts, IpAddress address) {
        return Stream.generate(() -> failures.count(address))
                .limit(attempts)
                .filter(Verdict::allowed)
                .count();
    }
}
