package tv.roster.apikeys;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.roster.access.Scope;
import tv.roster.access.ratelimit.RateLimit;
import tv.roster.calls.Admin;
import tv.roster.platform.jsonapi.Linkage;
import tv.roster.platform.jsonapi.ResourceDocument;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.platform.problems.Member;
import tv.roster.platform.problems.Source;
import tv.roster.values.Sent;
import tv.roster.values.ids.TenantId;
import tv.roster.values.text.Text;

/// Reads the ApiKey resource from a request, and reports everything that is wrong with it.
final class ApiKeyReader {
    /// Enough for every scope, and for repetitions.
    private static final int MOST_SCOPES = 100;
    /// The last second of the year 9999: a greater number was probably meant in milliseconds.
    private static final long LATEST = 253_402_300_799L;

    private static final List<Scope> USUAL = List.of(Scope.USERS_READ, Scope.USERS_WRITE);

    private ApiKeyReader() {}

    /// The place of a key's member in its document.
    static Source place(Member member) {
        return member instanceof ApiKeyMember own
                ? Source.pointer(
                        switch (own) {
                            case IP_ALLOW_LIST -> "/data/attributes/ip_allow_list";
                            case RATE_LIMIT -> "/data/attributes/rate_limit";
                        })
                : Source.NONE;
    }

    /// Reads the requested change; `tenant` is null for an admin key, `stored` for a key that is to be created.
    static ApiKeyChange read(ResourceDocument document, @Nullable TenantId tenant, @Nullable ApiKey stored) {
        var attributes = document.attributes();
        var name = attributes.text("name", ApiKeyReader::name);
        if (attributes.isNull("name")) {
            document.problems().add(ErrorCode.WRONG_TYPE, "This cannot be null.", attributes.pointer("name"));
        } else if (stored == null && attributes.raw("name") == null) {
            document.problems().add(ErrorCode.INVALID_VALUE, "A key needs a name.", "/data/attributes");
        }
        var change = new ApiKeyChange(
                name,
                scopes(document, tenant != null, stored == null),
                Admin.allowList(attributes),
                attributes.text("rate_limit", RateLimit::parse),
                expiresTime(document));
        refuseReadOnly(document, stored);
        attributes.refuseUnknown();
        var owner = tenant == null ? null : tenant.toString();
        Linkage.refuseOther(document.relationships(), "tenant", "Tenant", owner);
        document.relationships().refuseUnknown();
        document.meta().ignore("created_time", "updated_time", "version");
        document.meta().refuseUnknown();
        document.problems().throwIfAny();
        return change;
    }

    private static String name(String text) {
        Text.checkName(text, ApiKeyChange.LONGEST_NAME);
        return text;
    }

    private static Sent<List<String>> scopes(ResourceDocument document, boolean ofTenant, boolean creating) {
        var sent = document.attributes().texts("scopes", MOST_SCOPES, word -> scope(word, ofTenant));
        var pointer = document.attributes().pointer("scopes");
        if (!sent.present()) {
            return creating ? Sent.of(words(ofTenant ? USUAL : List.of(Scope.ADMIN))) : Sent.absent();
        }
        if (sent.value() == null) {
            document.problems().add(ErrorCode.WRONG_TYPE, "This cannot be null.", pointer);
            return Sent.absent();
        }
        if (sent.value().isEmpty()) {
            document.problems().add(ErrorCode.INVALID_VALUE, "A key has at least one scope.", pointer);
        }
        return Sent.of(words(sent.value()));
    }

    private static List<String> words(List<Scope> scopes) {
        return scopes.stream().map(Scope::word).distinct().sorted().toList();
    }

    private static Scope scope(String word, boolean ofTenant) {
        var scope = Scope.named(word)
                .orElseThrow(() -> new InvalidValue("There is no such scope; the scopes are " + all()));
        if (ofTenant == (scope == Scope.ADMIN)) {
            throw new InvalidValue(
                    ofTenant
                            ? "The scope admin is for admin keys, which belong to no tenant."
                            : "An admin key has the scope admin alone.");
        }
        return scope;
    }

    private static String all() {
        return String.join(", ", words(List.of(Scope.values()))) + ".";
    }

    private static Sent<Long> expiresTime(ResourceDocument document) {
        var sent = document.attributes().integer("expires_time");
        if (sent.value() != null && (sent.value() < 0 || sent.value() > LATEST)) {
            document.problems()
                    .add(
                            ErrorCode.INVALID_VALUE,
                            "This is a time in seconds since 1970, or null.",
                            document.attributes().pointer("expires_time"));
        }
        return sent;
    }

    /// Clients may send back the members that they have read; `last_used_time` is ignored, since it changes by
    /// itself.
    private static void refuseReadOnly(ResourceDocument document, @Nullable ApiKey stored) {
        var attributes = document.attributes();
        if (stored == null) {
            attributes.refuseReadOnly("prefix", "revoked_time", "last_used_time", "former_secret_until");
            return;
        }
        attributes.ignore("last_used_time");
        readOnly(document, "prefix", attributes.text("prefix", text -> text).differsFrom(stored.prefix()));
        readOnly(document, "revoked_time", attributes.integer("revoked_time").differsFrom(stored.revokedTime()));
        readOnly(
                document,
                "former_secret_until",
                attributes.integer("former_secret_until").differsFrom(stored.formerUntil()));
    }

    private static void readOnly(ResourceDocument document, String member, boolean differs) {
        if (differs) {
            document.problems()
                    .add(
                            ErrorCode.READ_ONLY,
                            "The server sets this member.",
                            document.attributes().pointer(member));
        }
    }
}
