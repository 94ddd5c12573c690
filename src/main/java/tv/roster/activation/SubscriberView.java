package tv.roster.activation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.roster.activation.SubscriberPage.Content;
import tv.roster.activation.SubscriberPage.Message;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Response;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.templates.SafePage;
import tv.roster.platform.templates.Templates;
import tv.roster.values.languages.Language;
import tv.roster.values.languages.Texts;

/// Renders the subscribers' pages: the language, the tenant's name, and the headers.
public final class SubscriberView {
    private static final int DEEPEST = 8;

    private static final List<Language> ALL = List.of(Language.values());

    private final Texts texts = new Texts(SubscriberView.class);
    private final Templates templates;

    public SubscriberView(Templates templates) {
        this.templates = templates;
    }

    /// The language chosen on the page if the tenant offers it, otherwise the one the browser prefers.
    Language language(Request request, @Nullable TenantLook tenant, @Nullable String wish) {
        var offered = tenant == null ? ALL : tenant.languages();
        return Language.tagged(wish)
                .filter(offered::contains)
                .orElseGet(() -> Language.preferred(request.header("Accept-Language"), offered));
    }

    /// A page that can be opened again at `self`, relative to its own folder.
    Response page(
            int status,
            Request request,
            @Nullable TenantLook tenant,
            @Nullable String wish,
            @Nullable String self,
            Content content) {
        var language = language(request, tenant, wish);
        var page = new SubscriberPage(texts, language, tenant, root(request), self, content);
        return SafePage.html(status, templates.render("subscriber", page), page.logo())
                .with("Content-Language", language.tag())
                .with("Vary", "Accept-Language");
    }

    Response message(int status, Request request, @Nullable TenantLook tenant, @Nullable String wish, Message message) {
        return page(status, request, tenant, wish, null, message);
    }

    /// The page that explains why a request was rejected.
    public Response refused(Refusal refusal, Request request) {
        var key = switch (refusal.status()) {
            case 404, 405 -> "missing";
            case 429 -> "too_many";
            case 503 -> refusal.problems().getFirst().code() == ErrorCode.OUTCOME_UNKNOWN ? "unknown" : "busy";
            default -> "broken";
        };
        return message(refusal.status(), request, null, request.parameter("lang"), new Message(key, false));
    }

    /// The relative path from the page to the server's root, which a proxy may have placed below another path. For
    /// paths that are deeper than those of any page, returns the absolute path, which is short.
    private static String root(Request request) {
        long levels = request.path().chars().filter(c -> c == '/').count() - 1;
        return levels > DEEPEST ? "/" : "../".repeat((int) Math.max(0, levels));
    }
}
