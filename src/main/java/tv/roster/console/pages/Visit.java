package tv.roster.console.pages;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tv.roster.access.Caller;
import tv.roster.access.KnownAgent;
import tv.roster.access.KnownTenant;
import tv.roster.access.Scope;
import tv.roster.access.allowlist.CallerAddress.Judged;
import tv.roster.agents.sessions.SignedIn;
import tv.roster.console.calls.Answer;
import tv.roster.console.calls.ApiCall;
import tv.roster.platform.http.Form;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Response;
import tv.roster.values.text.PercentEncoding;
import tv.roster.work.Author;

/// A request of an agent who has signed in, to a page of the console.
///
/// @param chosen the tenant in the path; null for pages of the installation
public record Visit(
        Request request,
        SignedIn agent,
        Judged from,
        @Nullable KnownTenant chosen,
        ConsoleTools tools) {
    /// The tenant that the page is about.
    public KnownTenant tenant() {
        return Objects.requireNonNull(chosen);
    }

    public Set<Scope> scopes() {
        return agent.role().scopes();
    }

    /// The author of what this request changes.
    public Author author() {
        return Author.agent(agent.agent(), from.address().toString(), request.id());
    }

    /// Makes a call of the User Management V4 API, as the chosen tenant.
    public Answer users(ApiCall call) {
        return call(chosen, call);
    }

    /// Makes a call of the admin API, as whom the agent belongs to: its tenant, or the installation.
    public Answer admin(ApiCall call) {
        return call(
                agent.tenant() == null
                        ? null
                        : tools.directory().tenant(agent.tenant()).orElseThrow(ConsoleTools::nothingHere),
                call);
    }

    private Answer call(@Nullable KnownTenant tenant, ApiCall call) {
        var identity = new KnownAgent(agent.agent(), tenant, scopes(), () -> tools.isSignedIn(request));
        return tools.calls().call(new Caller(identity, from), request, call);
    }

    /// The form that was sent, with the token of this session.
    public Form form() {
        var form = request.form();
        FormToken.require(agent, form.text(FormToken.FIELD));
        return form;
    }

    /// Refuses a form whose token is not that of this session.
    public void requireToken(String sent) {
        FormToken.require(agent, sent);
    }

    /// What surrounds a page.
    public Frame frame(String title, Section section) {
        return new Frame(request, title, section, agent, chosen, Notice.of(request));
    }

    /// A page from the template `console/NAME`.
    public Response page(int status, String template, Object model) {
        return Response.html(status, tools.templates().render("console/" + template, model));
    }

    /// Whether only a part of the page is wanted, for a script to put in its place.
    public boolean wantsPart() {
        return request.header("HX-Request") != null && request.header("HX-History-Restore-Request") == null;
    }

    /// Leads on to another page of the tenant after something was done; `path` begins with a slash.
    public Response done(String path, Notice notice) {
        return tools.redirect(
                request,
                ConsoleDialect.BASE + "/t/" + tenant().slug() + path + "?done="
                        + notice.name().toLowerCase(Locale.ROOT));
    }

    /// The same to a page of the installation.
    public Response doneOutside(String path, Notice notice) {
        return tools.redirect(
                request, ConsoleDialect.BASE + path + "?done=" + notice.name().toLowerCase(Locale.ROOT));
    }

    /// A variable of the path, as a segment of the path of a call.
    public String segment(String variable) {
        return PercentEncoding.encode(request.variable(variable));
    }
}
