package tv.roster.access.allowlist;

import java.util.List;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.platform.problems.Problem;
import tv.roster.platform.problems.Refusal;

/// The networks from which a tenant or a key may be used; an empty list allows every address. Duplicates are
/// removed.
public record AllowList(List<CidrBlock> blocks) {
    public static final int MAX_BLOCKS = 1000;

    public static final AllowList EVERYONE = new AllowList(List.of());

    public AllowList {
        if (blocks.size() > MAX_BLOCKS) {
            throw new InvalidValue(ErrorCode.TOO_LONG, "At most " + MAX_BLOCKS + " blocks.");
        }
        blocks = blocks.stream().distinct().toList();
    }

    public boolean allows(IpAddress address) {
        return blocks.isEmpty() || anyContains(blocks, address);
    }

    /// Throws the `403` `ip_not_allowed` with the address if it is not allowed.
    public void require(IpAddress address) {
        if (!allows(address)) {
            throw new Refusal(new Problem(ErrorCode.IP_NOT_ALLOWED, "Calls from " + address + " are not allowed.")
                    .withMeta("address", address.toString()));
        }
    }

    static boolean anyContains(List<CidrBlock> blocks, IpAddress address) {
        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.get(i).contains(address)) {
                return true;
            }
        }
        return false;
    }
}
