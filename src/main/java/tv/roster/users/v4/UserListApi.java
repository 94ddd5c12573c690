package tv.roster.users.v4;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.roster.access.Caller;
import tv.roster.access.Scope;
import tv.roster.calls.Call;
import tv.roster.calls.UserManagement;
import tv.roster.idempotency.TenantCalls;
import tv.roster.platform.database.Database;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.jsonapi.Cursors;
import tv.roster.platform.jsonapi.Document;
import tv.roster.platform.jsonapi.Page;
import tv.roster.platform.jsonapi.PageLinks;
import tv.roster.platform.jsonapi.Query;
import tv.roster.platform.sql.Statements;
import tv.roster.platform.sql.TookTooLong;
import tv.roster.users.User;
import tv.roster.users.lists.PageWeight;
import tv.roster.users.lists.UserFilter;
import tv.roster.users.lists.UserListTable;
import tv.roster.users.lists.UserSort.Order;
import tv.roster.users.v4.UsersApi.Selection;
import tv.roster.values.ids.TenantId;

/// `GET /users`: pages according to JSON:API's cursor pagination profile, sorted and filtered.
public final class UserListApi {
    private static final int LARGEST_QUICK_PAGE = 100;

    private final Cursors cursors;
    private final Database database;
    private final PageSizes sizes = new PageSizes();

    public UserListApi(Cursors cursors, Database database) {
        this.cursors = cursors;
        this.database = database;
    }

    public List<Route<Caller>> routes(TenantCalls calls) {
        return List.of(
                Route.get("/users", Scope.USERS_READ, calls.read(this::list)).withQuery());
    }

    /// The users of a page, one more if there is one, and the total if it was requested.
    private record Slice(List<User> users, @Nullable Long total) {}

    private Response list(Call call) {
        var query = new Query(call.request().query());
        var filters = UserFilterReader.read(query, call.caller().tenant());
        var sent = query.take("sort", Order::parse);
        var order = sent == null ? Order.OLDEST_FIRST : sent;
        var selection = Selection.of(query);
        // What a cursor is bound to: the tenant, the sort and the filters.
        var list = call.work().tenant() + "/users?" + query.withoutPages();
        var page = Page.of(query, cursors, list);
        query.refuseUnknown();
        int expected = sizes.expected(call.work().tenant(), selection.compound(), page.size());
        call.request().reserve(expected);
        var weight = new PageWeight(UserManagement.base(call.request()));
        var slice = readInTime(call, filters, order, selection, page, weight);
        call.request().reserveMore(weight.bytes() - expected);
        var users = page.cut(slice.users());
        var resource = selection.resource(UserManagement.base(call.request()));
        return new Document(
                        PageLinks.of(call.request(), query, page, slice.users(), order::cursor, order.end()),
                        slice.total(),
                        Document.array(users, resource::write),
                        selection.compound() ? resource.included(users) : null)
                .page(call.request().buffer(weight.bytes()));
    }

    private Slice readInTime(
            Call call, List<UserFilter> filters, Order order, Selection selection, Page page, PageWeight weight) {
        try {
            var statements = isQuick(filters, page)
                    ? call.work().statements()
                    : database.lists(call.work().tenant().value());
            return read(statements, call.work().tenant(), filters, order, selection, page, weight);
        } catch (TookTooLong e) {
            throw UserFilter.tooExpensive(filters, page.withTotal());
        } finally {
            // Also for a page that was too large, so that enough is reserved for the next one.
            sizes.note(call.work().tenant(), selection.compound(), weight.users(), weight.bytes());
        }
    }

    /// Whether the page costs little regardless of the size of the tenant; it is then read together with other
    /// reads.
    private static boolean isQuick(List<UserFilter> filters, Page page) {
        return !page.withTotal()
                && page.size() <= LARGEST_QUICK_PAGE
                && filters.stream().allMatch(UserFilter::meetsOneEach);
    }

    private static Slice read(
            Statements statements,
            TenantId tenant,
            List<UserFilter> filters,
            Order order,
            Selection selection,
            Page page,
            PageWeight weight) {
        var users = UserListTable.list(
                statements,
                tenant,
                filters,
                order,
                selection.include(),
                page.from(),
                page.backwards(),
                page.size() + 1,
                weight);
        var total = page.withTotal() ? UserListTable.count(statements, tenant, filters) : null;
        return new Slice(users, total);
    }
}
