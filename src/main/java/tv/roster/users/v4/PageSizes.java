package tv.roster.users.v4;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tv.roster.users.lists.PageWeight;
import tv.roster.values.ids.TenantId;

/// The size in bytes of the users on each tenant's recent pages, to reserve that memory for the next page before it
/// is read; memory reserved later may not be available.
final class PageSizes {
    private static final int AROUND = 1024;
    private static final int BYTES_A_USER = 1300;
    private static final int BYTES_WITH_PROFILES = 3000;

    /// The number of pages after which large users are forgotten.
    private static final int SLOWNESS = 16;

    private final Map<Pages, Integer> bytesOfUser = new ConcurrentHashMap<>();

    private record Pages(TenantId tenant, boolean withProfiles) {}

    /// The estimated bytes of a page with this number of users.
    int expected(TenantId tenant, boolean withProfiles, int users) {
        var usual = withProfiles ? BYTES_WITH_PROFILES : BYTES_A_USER;
        long bytes = AROUND + (long) users * bytesOfUser.getOrDefault(new Pages(tenant, withProfiles), usual);
        return (int) Math.min(bytes, PageWeight.MOST);
    }

    /// Records the size of a page. Users of the usual size are not recorded.
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
