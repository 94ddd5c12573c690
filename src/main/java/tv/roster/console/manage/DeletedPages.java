package tv.roster.console.manage;

import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tv.roster.access.Scope;
import tv.roster.console.calls.Answer;
import tv.roster.console.calls.ApiCall;
import tv.roster.console.pages.ConsoleRoutes;
import tv.roster.console.pages.FormProblems;
import tv.roster.console.pages.Frame;
import tv.roster.console.pages.Notice;
import tv.roster.console.pages.PageLinks;
import tv.roster.console.pages.Section;
import tv.roster.console.pages.Visit;
import tv.roster.console.subscribers.ActionPages;
import tv.roster.platform.http.Form;
import tv.roster.platform.http.Response;
import tv.roster.values.text.PercentEncoding;
import tv.roster.values.text.Text;

/// `/console/t/{tenant}/deleted_users`: who has been deleted, and bringing them back.
public final class DeletedPages {
    private static final String LIST = "/t/{tenant_slug}/deleted_users";
    private static final String ONE = LIST + "/{user_id}";
    private static final int SIZE = 25;

    private final InstantSource clock;

    public DeletedPages(InstantSource clock) {
        this.clock = clock;
    }

    public void addTo(ConsoleRoutes routes) {
        routes.get(LIST, Scope.USERS_READ, visit -> list(200, visit, null))
                .post(ONE + "/restore", Scope.USERS_WRITE, (visit, form) -> restore(visit))
                .get(ONE + "/erase", Scope.PRIVACY, visit -> confirm(200, visit, FormProblems.NONE))
                .post(ONE + "/erase", Scope.PRIVACY, DeletedPages::erase);
    }

    /// A user who has been deleted.
    ///
    /// @param externalId    empty for none, or once it is purged
    /// @param isRestorable  whether it is not purged yet
    public record Deleted(String id, String externalId, Long deletedTime, Long purgeTime, boolean isRestorable) {
        private static Deleted of(JsonNode user, long now) {
            var attributes = user.path("attributes");
            long purge = attributes.path("purge_time").asLong(0);
            return new Deleted(
                    user.path("id").asString(),
                    attributes.path("external_id").asString(""),
                    attributes.path("deleted_time").asLong(0),
                    purge,
                    purge > now);
        }
    }

    /// Why somebody could not be restored.
    ///
    /// @param existing the id of the subscriber who has the address or external id now, or null
    public record Conflict(String detail, @Nullable String existing) {
        private static Conflict of(Answer answer) {
            var problem = answer.problems().getFirst();
            var existing = problem.meta().get("existing_id");
            return new Conflict(problem.detail(), existing == null ? null : existing.toString());
        }
    }

    /// The model of the template `console/deleted_users`.
    ///
    /// @param externalId what was looked for; empty for all
    public record DeletedPage(
            Frame frame,
            String externalId,
            List<Deleted> rows,
            @Nullable Conflict conflict,
            @Nullable String previous,
            @Nullable String next) {
        public DeletedPage {
            rows = List.copyOf(rows);
        }

        @Override
        public String toString() {
            return "DeletedPage[" + rows.size() + "]";
        }
    }

    private Response list(int status, Visit visit, @Nullable Conflict conflict) {
        var wanted = visit.request().parameter("external_id");
        var externalId = Text.strip(wanted == null ? "" : wanted);
        var call = ApiCall.users("GET", "/deleted_users");
        if (!externalId.isEmpty()) {
            // Commas would separate values.
            call = call.with(
                    "filter[external_id]", externalId.replace("\\", "\\\\").replace(",", "\\,"));
        }
        var document = visit.users(PageLinks.of(call, visit.request(), SIZE)).document();
        var same = externalId.isEmpty() ? "" : "external_id=" + PercentEncoding.encode(externalId);
        long now = clock.instant().getEpochSecond();
        return visit.page(
                status,
                "deleted_users",
                new DeletedPage(
                        visit.frame("Deleted users", Section.DELETED_USERS),
                        externalId,
                        document.path("data")
                                .valueStream()
                                .map(user -> Deleted.of(user, now))
                                .toList(),
                        conflict,
                        PageLinks.to(document, "prev", same),
                        PageLinks.to(document, "next", same)));
    }

    private Response restore(Visit visit) {
        var answer = visit.users(ApiCall.users("POST", "/deleted_users/" + visit.segment("user_id") + "/restorations"));
        if (answer.isDone()) {
            return visit.done("/users/" + visit.segment("user_id"), Notice.RESTORED);
        }
        if (answer.problems().getFirst().code().status() != 409) {
            answer.response();
        }
        return list(409, visit, Conflict.of(answer));
    }

    /// The model of the template `console/erase_deleted`.
    public record ErasePage(Frame frame, String id, FormProblems problems) {}

    private static Response confirm(int status, Visit visit, FormProblems problems) {
        var user = visit.users(ApiCall.users("GET", "/deleted_users/" + visit.segment("user_id")))
                .data();
        return visit.page(
                status,
                "erase_deleted",
                new ErasePage(
                        visit.frame("Erase", Section.DELETED_USERS),
                        user.path("id").asString(),
                        problems));
    }

    private static Response erase(Visit visit, Form form) {
        return ActionPages.isConfirmed(form)
                ? ActionPages.receipt(visit)
                : confirm(422, visit, ActionPages.UNCONFIRMED);
    }
}
