package tv.roster.users;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.access.KnownTenant;
import tv.roster.access.TenantSettings;
import tv.roster.access.allowlist.AllowList;
import tv.roster.bench.Numbers;
import tv.roster.bench.Numbers.Kind;
import tv.roster.bench.Numbers.Range;
import tv.roster.bench.PgBenchScript;
import tv.roster.bench.Recorded;
import tv.roster.events.log.EventLine;
import tv.roster.users.lists.UserFilter;
import tv.roster.users.lists.UserListTable;
import tv.roster.users.lists.UserListing;
import tv.roster.users.lists.UserSort.Order;
import tv.roster.users.v4.UserReader;
import tv.roster.users.values.EmailAddress;
import tv.roster.users.values.ExternalId;
import tv.roster.values.Cursor;
import tv.roster.values.ExpectedVersion;
import tv.roster.values.ids.ApiKeyId;
import tv.roster.values.ids.EventId;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;
import tv.roster.work.Author;

/// The statements of the calls that are measured, recorded from the tables that send them.
///
/// @param run     a number of at most 12 digits, unique to a run on this database
/// @param folder  the folder of the request bodies, which are sent over HTTP as well
public record BenchStatements(TenantId tenant, UUID apiKey, long run, Path folder) {
    private EventLine line(long once) {
        var event = Numbers.id(Range.CREATED, once, Kind.EVENT, run);
        var author =
                Author.key(new ApiKeyId(apiKey), "127.0.0.1", UUID.randomUUID().toString());
        return new EventLine(new EventId(event), OffsetDateTime.now(ZoneOffset.UTC), author);
    }

    private static UUID loaded() {
        return Numbers.id(Range.LOADED, PgBenchScript.KEY, Kind.USER, 0);
    }

    private UserReader reader(String template, String name, Object value) {
        try {
            var text = Files.readString(folder.resolve(template))
                    .replace("{run}", String.valueOf(run))
                    .replace("{id}", loaded().toString())
                    .replace("{" + name + "}", value.toString());
            return new UserReader(
                    text.getBytes(StandardCharsets.UTF_8),
                    new KnownTenant(tenant, "bench", "Bench", Set.of(), AllowList.EVERYONE, TenantSettings.DEFAULT));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public Recorded getById() {
        return Recorded.of(to -> UsersTable.find(to, tenant, new UserId(loaded()), UserInclude.NOTHING));
    }

    public Recorded getByExternalId() {
        var id = Range.LOADED.externalId() + "-" + PgBenchScript.KEY;
        return Recorded.of(to -> UsersTable.findByExternalId(to, tenant, new ExternalId(id), UserInclude.NOTHING));
    }

    public Recorded filterEmail(int pageSize) {
        var email = new EmailAddress("subscriber." + PgBenchScript.KEY + "@mail.example.com");
        var filters = List.<UserFilter>of(new UserFilter.Email(List.of(email.key())));
        return page(filters, null, pageSize);
    }

    /// A page that begins after any user.
    public Recorded list(int pageSize) {
        return page(List.of(), new Cursor(null, loaded()), pageSize);
    }

    /// A page in one statement; the server reads a page of more than 250 users in slices.
    private Recorded page(List<UserFilter> filters, @Nullable Cursor from, int pageSize) {
        var range = new UserListing(tenant, filters)
                .range(Order.OLDEST_FIRST, UserListing.Part.WITH_KEY, from, false, pageSize + 1);
        return new Recorded(UserListTable.listSql(range, UserInclude.NOTHING), Arrays.asList(range.parameters()));
    }

    public Recorded create() {
        var wanted = reader("create.json", "key", PgBenchScript.KEY).create();
        var id = Numbers.id(Range.CREATED, PgBenchScript.KEY, Kind.USER, run);
        var profile = Numbers.id(Range.CREATED, PgBenchScript.KEY, Kind.PROFILE, run);
        return Recorded.of(
                to -> UserChangesTable.create(to, tenant, id, profile, wanted, null, line(PgBenchScript.KEY)));
    }

    public Recorded patch() {
        var wanted = reader("patch.json", "number", PgBenchScript.ANY).change();
        var key = new UserKey.ById(new UserId(loaded()));
        return Recorded.of(to -> UserChangesTable.change(
                to, tenant, key, wanted, null, ExpectedVersion.NONE, null, line(PgBenchScript.ONCE)));
    }

    public Recorded delete() {
        var key = new UserKey.ById(new UserId(Numbers.id(Range.VICTIM, PgBenchScript.KEY, Kind.USER, run)));
        return Recorded.of(
                to -> UserDeletionTable.delete(to, tenant, key, ExpectedVersion.NONE, line(PgBenchScript.ONCE)));
    }
}
