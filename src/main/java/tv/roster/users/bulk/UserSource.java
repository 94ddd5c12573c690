package tv.roster.users.bulk;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.values.ids.ProfileId;
import tv.roster.values.ids.UserId;

/// Where rows find the users that they meet: what is stored, or in a rehearsal what the rows so far would have
/// made of it.
interface UserSource {
    /// The users with these ids or external ids, some of them twice.
    List<UserState> find(Set<UUID> ids, Set<String> externalIds);

    /// A user that has an address or an external id.
    record Holder(
            UserId user,
            @Nullable String emailKey,
            @Nullable String externalId) {}

    /// Who has these addresses and external ids.
    List<Holder> holders(Set<String> emailKeys, Set<String> externalIds);

    /// The profiles of these users.
    Map<UserId, List<ProfileId>> profiles(Set<UUID> users);
}
