package tv.roster.console.administer;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tv.roster.access.Scope;
import tv.roster.console.calls.ApiCall;
import tv.roster.console.pages.ConsoleRoutes;
import tv.roster.console.pages.FormProblems;
import tv.roster.console.pages.Frame;
import tv.roster.console.pages.PageLinks;
import tv.roster.console.pages.Section;
import tv.roster.console.pages.Visit;
import tv.roster.platform.http.Response;
import tv.roster.values.text.PercentEncoding;
import tv.roster.values.text.Text;

/// `/console/audit`: who did what, newest first.
public final class AuditPages {
    private static final int SIZE = 50;
    private static final List<String> FILTERS = List.of("kind", "user", "key", "agent", "since", "until", "tenant");

    private AuditPages() {}

    public static void addTo(ConsoleRoutes routes) {
        routes.get("/audit", Scope.ADMIN, AuditPages::show);
    }

    /// An event in plain language, with who caused it and what it is about.
    ///
    /// @param time in epoch seconds
    public record Entry(Long time, String sentence, String kind, String author, String subject, String address) {}

    /// The model of the template `console/audit`.
    ///
    /// @param ofInstallation whether the agent sees all tenants
    public record AuditPage(
            Frame frame,
            boolean ofInstallation,
            Map<String, String> filters,
            List<Entry> entries,
            FormProblems problems,
            @Nullable String previous,
            @Nullable String next) {
        public AuditPage {
            filters = Map.copyOf(filters);
            entries = List.copyOf(entries);
        }

        public String value(String filter) {
            return filters.getOrDefault(filter, "");
        }
    }

    private static Response show(Visit visit) {
        var filters = filters(visit);
        var problems = days(filters);
        var frame = visit.frame("Audit", Section.AUDIT);
        boolean ofInstallation = visit.agent().tenant() == null;
        if (!problems.isEmpty()) {
            return visit.page(
                    422, "audit", new AuditPage(frame, ofInstallation, filters, List.of(), problems, null, null));
        }
        var answer = visit.admin(PageLinks.of(call(filters), visit.request(), SIZE));
        if (!answer.isDone()) {
            var shown = FormProblems.of(
                    answer,
                    FILTERS.stream().collect(Collectors.toMap(filter -> "filter[" + filter + "]", filter -> filter)));
            return visit.page(
                    422, "audit", new AuditPage(frame, ofInstallation, filters, List.of(), shown, null, null));
        }
        var same = filters.entrySet().stream()
                .map(filter -> filter.getKey() + "=" + PercentEncoding.encode(filter.getValue()))
                .collect(Collectors.joining("&"));
        return visit.page(
                200,
                "audit",
                new AuditPage(
                        frame,
                        ofInstallation,
                        filters,
                        answer.data()
                                .valueStream()
                                .map(event -> entry(visit, event))
                                .toList(),
                        FormProblems.NONE,
                        PageLinks.to(answer.document(), "prev", same),
                        PageLinks.to(answer.document(), "next", same)));
    }

    private static Map<String, String> filters(Visit visit) {
        var filters = new LinkedHashMap<String, String>();
        for (var filter : FILTERS) {
            var value = visit.request().parameter(filter);
            if (value != null && !Text.strip(value).isEmpty()) {
                filters.put(filter, Text.strip(value));
            }
        }
        return filters;
    }

    private static FormProblems days(Map<String, String> filters) {
        for (var filter : List.of("since", "until")) {
            if (filters.containsKey(filter) && day(filters.get(filter)) == null) {
                return FormProblems.of(filter, "Write a day such as 2026-11-27.");
            }
        }
        return FormProblems.NONE;
    }

    private static @Nullable LocalDate day(@Nullable String text) {
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static ApiCall call(Map<String, String> filters) {
        var call = ApiCall.admin("GET", "/events");
        for (var filter : filters.entrySet()) {
            call = call.with("filter[" + filter.getKey() + "]", value(filter.getKey(), filter.getValue()));
        }
        return call;
    }

    /// Days are in UTC, and both are included.
    private static String value(String filter, String text) {
        var day = filter.equals("since") || filter.equals("until") ? day(text) : null;
        if (day == null) {
            return text;
        }
        var from = filter.equals("since") ? day : day.plusDays(1);
        long seconds = from.atStartOfDay().toEpochSecond(ZoneOffset.UTC);
        return Long.toString(Math.max(0, filter.equals("since") ? seconds : seconds - 1));
    }

    private static Entry entry(Visit visit, JsonNode event) {
        var attributes = event.path("attributes");
        var relationships = event.path("relationships");
        var agent = id(relationships, "agent");
        var key = id(relationships, "author");
        var author = agent.isEmpty()
                ? key.isEmpty() ? "the server" : named(visit, "KEY", key)
                : named(visit, "AGENT", agent);
        return new Entry(
                OffsetDateTime.parse(attributes.path("time").asString()).toEpochSecond(),
                AuditSentences.of(attributes),
                attributes.path("kind").asString(""),
                author,
                subject(visit, relationships),
                attributes.path("address").asString(""));
    }

    private static String named(Visit visit, String kind, String id) {
        var name = visit.tools().nameOf(kind, id);
        return (kind.equals("KEY") ? "key " : "") + (name == null ? id : name);
    }

    private static String subject(Visit visit, JsonNode relationships) {
        var user = id(relationships, "user");
        if (!user.isEmpty()) {
            return "subscriber " + user;
        }
        var key = id(relationships, "api_key");
        if (!key.isEmpty()) {
            return named(visit, "KEY", key);
        }
        var agent = id(relationships, "subject_agent");
        if (!agent.isEmpty()) {
            return "agent " + named(visit, "AGENT", agent);
        }
        var tenant = id(relationships, "tenant");
        return tenant.isEmpty()
                ? "–"
                : visit.tools().tenantsOf(visit.agent()).stream()
                        .filter(one -> one.id().toString().equals(tenant))
                        .map(one -> one.name())
                        .findFirst()
                        .orElse(tenant);
    }

    private static String id(JsonNode relationships, String name) {
        return relationships.path(name).path("data").path("id").asString("");
    }
}
