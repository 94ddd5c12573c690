package tv.roster.console.administer;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tv.roster.access.Scope;
import tv.roster.access.allowlist.CidrBlock;
import tv.roster.access.allowlist.IpAddress;
import tv.roster.console.calls.Answer;
import tv.roster.console.calls.ApiCall;
import tv.roster.console.pages.ConsoleRoutes;
import tv.roster.console.pages.FormProblems;
import tv.roster.console.pages.Frame;
import tv.roster.console.pages.Notice;
import tv.roster.console.pages.Section;
import tv.roster.console.pages.Visit;
import tv.roster.platform.http.Form;
import tv.roster.platform.http.Response;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.values.text.Text;

/// `/console/t/{tenant}/settings`: a tenant's name, allow-list, flags and settings.
public final class SettingsPages {
    private static final String SETTINGS = "/t/{tenant_slug}/settings";

    private SettingsPages() {}

    public static void addTo(ConsoleRoutes routes) {
        routes.get(SETTINGS, Scope.ADMIN, SettingsPages::show).post(SETTINGS, Scope.ADMIN, SettingsPages::change);
    }

    /// The model of the template `console/settings`.
    ///
    /// @param version   what the form changes
    /// @param meanwhile what somebody else has stored since the form was opened; null if nobody has
    /// @param address an address that the agent asks about; empty for none
    /// @param verdict whether it would be let in, as a sentence; null if the agent does not ask
    public record SettingsPage(
            Frame frame,
            SettingsForm form,
            List<SettingsForm.Field> fields,
            String version,
            String address,
            @Nullable String verdict,
            FormProblems problems,
            @Nullable SettingsForm meanwhile) {
        public SettingsPage {
            fields = List.copyOf(fields);
        }

        /// What is stored, where that has to be shown beside what the administrator wrote.
        public @Nullable String stored(String field) {
            return meanwhile == null ? null : meanwhile.value(field);
        }
    }

    private static ApiCall call(Visit visit, String method) {
        return ApiCall.admin(method, "/tenants/" + visit.tenant().id());
    }

    private static boolean ofInstallation(Visit visit) {
        return visit.agent().tenant() == null;
    }

    private static Response show(Visit visit) {
        var stored = visit.admin(call(visit, "GET")).data();
        return page(200, visit, stored, SettingsForm.of(stored.path("attributes")), FormProblems.NONE, null);
    }

    private static Response page(
            int status,
            Visit visit,
            JsonNode stored,
            SettingsForm form,
            FormProblems problems,
            @Nullable SettingsForm meanwhile) {
        var asked = visit.request().parameter("address");
        var address = asked == null ? "" : Text.strip(asked);
        var blocks = Documents.texts(stored.path("attributes").path("ip_allow_list"));
        return visit.page(
                status,
                "settings",
                new SettingsPage(
                        visit.frame("Settings", Section.SETTINGS),
                        form,
                        SettingsForm.SETTINGS.stream()
                                .filter(field -> ofInstallation(visit) || !field.ofInstallation())
                                .toList(),
                        stored.path("meta").path("version").asString(),
                        address,
                        address.isEmpty() ? null : verdict(address, blocks),
                        problems,
                        meanwhile));
    }

    /// By the list that is stored. A key can have a list of its own besides.
    private static String verdict(String text, List<String> blocks) {
        IpAddress address;
        try {
            address = IpAddress.parse(text);
        } catch (InvalidValue e) {
            return e.detail();
        }
        if (blocks.isEmpty()) {
            return "Yes: the list is empty, so that every address is let in.";
        }
        return blocks.stream()
                .filter(block -> CidrBlock.parse(block).contains(address))
                .findFirst()
                .map(block -> "Yes: " + address + " is in " + block + ".")
                .orElse("No: " + address + " is in none of the blocks.");
    }

    private static Response change(Visit visit, Form sent) {
        var before = visit.admin(call(visit, "GET")).data();
        var stored = SettingsForm.of(before.path("attributes"));
        var form = SettingsForm.of(sent);
        var version = sent.text("version").replaceAll("[^0-9]", "");
        var answer = visit.admin(call(visit, "PATCH")
                .withHeader("if-match", "\"" + version + "\"")
                .changing(
                        "Tenant",
                        visit.tenant().id().toString(),
                        json -> form.writeChanges(json, stored, ofInstallation(visit))));
        if (answer.isDone()) {
            return visit.done("/settings", Notice.SAVED);
        }
        if (answer.isRefused(ErrorCode.VERSION_MISMATCH)) {
            var now = visit.admin(call(visit, "GET")).data();
            return page(409, visit, now, form, FormProblems.NONE, SettingsForm.of(now.path("attributes")));
        }
        return page(422, visit, before, form, problems(answer, form), null);
    }

    private static FormProblems problems(Answer answer, SettingsForm form) {
        return FormProblems.of(answer, SettingsForm.fields(), form.lines());
    }
}
