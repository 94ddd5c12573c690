package tv.roster.users.v4;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tv.roster.users.lists.PageWeight;
import tv.roster.values.ids.TenantId;

/// How many bytes the users of each tenant took on the last pages, to reserve them for the next: what has to be
/// reserved later may not be there any more.
final class PageSizes {
    private static final int AROUND = 1024;
    private static final int BYTES_A_USER = 1300;
    private static final int BYTES_WITH_PROFILES = 3000;

    /// How many pages it takes until large users are forgotten.
    private static final int SLOWNESS = 16;

    private final Map<Pages, Integer> bytesOfUser = new ConcurrentHashMap<>();

    private record Pages(TenantId tenant, boolean withProfiles) {}

    /// The bytes of a page of so many users, as far as one can know.
    int expected(TenantId tenant, boolean withProfiles, int users) {
        var usual = withProfiles ? BYTES_WITH_PROFILES : BYTES_A_USER;
        long bytes = AROUND + (long) users * bytesOfUser.getOrDefault(new Pages(tenant, withProfiles), usual);
        return (int) Math.min(bytes, PageWeight.MOST);
    }

    /// Takes note of a page. Users of the usual size are not remembered.
    void note(TenantId tenant, boolean withProfiles, int users, int bytes) {
        int usual = withProfiles ? BYTES_WITH_PROFILES : BYTES_A_USER;
        int each = users == 0 ? 0 : bytes / users + 1;
        var pages = new Pages(tenant, withProfiles);
        if (each > usual || bytesOfUser.containsKey(pages)) {
            bytesOfUser.compute(pages, (same, before) -> {
                int now = before == null ? each : Math.max(each, before - before / SLOWNESS);
                return now > usual ? now : null;
            });
        }
    }
}
