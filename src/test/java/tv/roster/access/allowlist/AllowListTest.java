package tv.roster.access.allowlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.platform.problems.Refusal;

class AllowListTest {
    private static final IpAddress OFFICE = IpAddress.parse("192.0.2.10");
    private static final IpAddress STRANGER = IpAddress.parse("203.0.113.9");

    @Test
    void anEmptyListAllowsEveryAddress() {
        assertThat(AllowList.EVERYONE.allows(STRANGER)).isTrue();
        assertThat(AllowList.EVERYONE.allows(IpAddress.parse("2001:db8::1"))).isTrue();
    }

    @Test
    void anyOfTheBlocksAllows() {
        AllowList list = listOf("198.51.100.0/24", "192.0.2.10", "2001:db8::/32");
        assertThat(list.allows(OFFICE)).isTrue();
        assertThat(list.allows(IpAddress.parse("::ffff:192.0.2.10"))).isTrue();
        assertThat(list.allows(IpAddress.parse("2001:db8:1::1"))).isTrue();
        assertThat(list.allows(STRANGER)).isFalse();
    }

    @Test
    void theRefusalNamesTheAddress() {
        assertThatCode(() -> listOf("192.0.2.0/24").require(OFFICE)).doesNotThrowAnyException();
        assertThatThrownBy(() -> listOf("192.0.2.0/24").require(STRANGER))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("203.0.113.9")
                .asInstanceOf(InstanceOfAssertFactories.type(Refusal.class))
                .satisfies(refusal -> {
                    assertThat(refusal.status()).isEqualTo(403);
                    assertThat(refusal.problems().getFirst().code().code()).isEqualTo("ip_not_allowed");
                    assertThat(refusal.problems().getFirst().meta()).containsEntry("address", "203.0.113.9");
                });
    }

    @Test
    void repeatsAreDropped() {
        assertThat(listOf("192.0.2.10", "::ffff:192.0.2.10/128", "192.0.2.10/32")
                        .blocks())
                .hasSize(1);
    }

    @Test
    void holdsAThousandBlocksAndNoMore() {
        List<CidrBlock> blocks = IntStream.rangeClosed(0, AllowList.MAX_BLOCKS)
                .mapToObj(i -> CidrBlock.parse("10.0.%d.%d".formatted(i / 256, i % 256)))
                .toList();
        AllowList full = new AllowList(blocks.subList(0, AllowList.MAX_BLOCKS));
        assertThat(full.allows(IpAddress.parse("10.0.3.231"))).isTrue();
        assertThat(full.allows(IpAddress.parse("10.0.3.232"))).isFalse();
        assertThatThrownBy(() -> new AllowList(blocks)).isInstanceOf(InvalidValue.class);
    }

    private static AllowList listOf(String... blocks) {
        return new AllowList(Stream.of(blocks).map(CidrBlock::parse).toList());
    }
}
