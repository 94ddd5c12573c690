package tv.roster.users;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.roster.access.Bss;
import tv.roster.access.Call;
import tv.roster.access.Caller;
import tv.roster.access.Scope;
import tv.roster.http.Answer;
import tv.roster.http.PageLinks;
import tv.roster.http.Route;
import tv.roster.jsonapi.Cursor;
import tv.roster.jsonapi.Cursors;
import tv.roster.jsonapi.Json;
import tv.roster.jsonapi.JsonWriter;
import tv.roster.jsonapi.Page;
import tv.roster.jsonapi.Query;
import tv.roster.users.UserSort.Order;
import tv.roster.users.UsersApi.Wish;

/// `GET /users`: pages by JSON:API's cursor pagination profile, sorted and filtered.
public final class UserListApi {
    private static final int BYTES_AROUND = 1024;
    private static final int BYTES_A_USER = 1300;
    private static final int BYTES_WITH_PROFILES = 3000;

    private final Cursors cursors;

    public UserListApi(Cursors cursors) {
        this.cursors = cursors;
    }

    public List<Route<Caller>> routes(Bss bss) {
        return List.of(Route.get("/users", Scope.USERS_READ, bss.list(this::list)));
    }

    /// One page, read and counted.
    private record Slice(
            List<User> users, boolean more, @Nullable Long total) {}

    private Answer list(Call call) {
        var query = new Query(call.request().query());
        var filters = UserFilter.of(query, call.caller().tenant());
        var sent = query.take("sort", Order::parse);
        var order = sent == null ? Order.OLDEST_FIRST : sent;
        var wish = Wish.of(query);
        // What a cursor is good for: this tenant, this sort, these filters.
        var list = call.tenant() + "/users?" + query.withoutPages();
        var page = Page.of(query, cursors, list);
        query.refuseUnknown();
        call.request().reserve(expectedBytes(wish, page.size()));
        var slice = read(call, filters, order, wish, page);
        var links = new PageLinks(call.request(), query, page, position -> cursors.seal(position, list));
        var buffer = call.request().buffer(expectedBytes(wish, slice.users().size()));
        return Answer.page(Json.write(buffer, json -> write(json, call, order, wish, slice, links)));
    }

    private static int expectedBytes(Wish wish, int users) {
        return BYTES_AROUND + users * (wish.compound() ? BYTES_WITH_PROFILES : BYTES_A_USER);
    }

    private static Slice read(Call call, List<UserFilter> filters, Order order, Wish wish, Page page) {
        var from = page.backwards() ? page.before() : page.after();
        var users = UsersTable.list(
                call.statements(),
                call.tenant(),
                filters,
                order,
                wish.include(),
                from,
                page.backwards(),
                page.size() + 1);
        boolean more = users.size() > page.size();
        if (more) {
            users = page.backwards() ? users.subList(1, users.size()) : users.subList(0, page.size());
        }
        var total = page.withTotal() ? UsersTable.count(call.statements(), call.tenant(), filters) : null;
        return new Slice(users, more, total);
    }

    private static void write(JsonWriter json, Call call, Order order, Wish wish, Slice slice, PageLinks links) {
        var resource = new UserResource(
                json, Bss.base(call.request()), wish.fieldsets(), wish.include() == UserInclude.ALL_PROFILES);
        json.writeStartObject();
        Json.writeVersion(json);
        links.write(json, slice.more(), ends(slice.users(), order), order.end());
        if (slice.total() != null) {
            json.writeObjectPropertyStart("meta");
            json.writeObjectPropertyStart("page");
            json.writeNumberProperty("total", slice.total());
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeArrayPropertyStart("data");
        slice.users().forEach(resource::write);
        json.writeEndArray();
        if (wish.compound()) {
            json.writeArrayPropertyStart("included");
            slice.users().forEach(resource::writeIncluded);
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static PageLinks.@Nullable Ends ends(List<User> users, Order order) {
        return users.isEmpty()
                ? null
                : new PageLinks.Ends(cursor(users.getFirst(), order), cursor(users.getLast(), order));
    }

    private static Cursor cursor(User user, Order order) {
        return new Cursor(order.sort().keyOf(user), user.id().value());
    }
}
