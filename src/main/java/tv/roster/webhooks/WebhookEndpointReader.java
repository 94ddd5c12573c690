package tv.roster.webhooks;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.roster.events.feed.EventKind;
import tv.roster.platform.jsonapi.Members;
import tv.roster.platform.jsonapi.ResourceDocument;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.platform.problems.Member;
import tv.roster.platform.problems.Source;
import tv.roster.values.text.Text;
import tv.roster.webhooks.addresses.WebhookUrl;

/// Reads the WebhookEndpoint resource from a request, and reports everything that is wrong with it.
final class WebhookEndpointReader {
    private static final int LONGEST_DESCRIPTION = 256;
    private static final int MOST_KINDS = 100;

    private WebhookEndpointReader() {}

    /// The place of an endpoint's member in its document.
    static Source place(Member member) {
        return member == WebhookMember.URL ? Source.pointer("/data/attributes/url") : Source.NONE;
    }

    /// Reads an endpoint that is to be created.
    static WebhookChange readNew(byte[] body) {
        var document = new ResourceDocument(body, WebhookEndpoint.TYPE);
        document.refuseId();
        var attributes = document.attributes();
        if (attributes.raw("url") == null) {
            document.problems().add(ErrorCode.INVALID_VALUE, "A webhook endpoint needs a url.", "/data/attributes");
        }
        var change = read(document, null);
        return new WebhookChange(
                change.url(),
                change.kinds() == null ? List.of() : change.kinds(),
                change.description(),
                change.status() == null ? WebhookStatus.ENABLED : change.status());
    }

    /// Reads a change of an endpoint.
    static WebhookChange readChange(byte[] body, WebhookEndpoint stored) {
        var document = new ResourceDocument(body, WebhookEndpoint.TYPE);
        document.demandId(stored.id().toString());
        return read(document, stored);
    }

    private static WebhookChange read(ResourceDocument document, @Nullable WebhookEndpoint stored) {
        var attributes = document.attributes();
        var url = attributes.textNotNull("url", WebhookUrl::parse);
        var kinds = attributes.texts("kinds", MOST_KINDS, WebhookEndpointReader::kind);
        var description = attributes.text("description", WebhookEndpointReader::description);
        var status = attributes.textNotNull("status", word -> status(word, stored));
        refuseReadOnly(attributes, stored);
        attributes.refuseUnknown();
        document.relationships().refuseUnknown();
        document.meta().refuseUnknown();
        document.problems().throwIfAny();
        List<String> wanted = null;
        if (kinds.present()) {
            wanted = kinds.value() == null
                    ? List.of()
                    : kinds.value().stream().distinct().sorted().toList();
        }
        return new WebhookChange(url, wanted, description, status == WebhookStatus.DISABLED ? null : status);
    }

    /// These change by themselves, so that what a client sends back may be out of date already.
    private static void refuseReadOnly(Members attributes, @Nullable WebhookEndpoint stored) {
        var names = new String[] {"disabled_reason", "backlog", "created_time", "last_success_time", "last_failure"};
        if (stored == null) {
            attributes.refuseReadOnly(names);
        } else {
            attributes.ignore(names);
        }
        attributes.refuseReadOnly("secret");
    }

    private static String kind(String word) {
        EventKind.named(word);
        return word;
    }

    private static String description(String text) {
        if (Text.isLongerThan(text, LONGEST_DESCRIPTION)) {
            throw new InvalidValue(
                    ErrorCode.TOO_LONG, "A description has at most " + LONGEST_DESCRIPTION + " characters.");
        }
        Text.refuseControlCharacters(text);
        return text;
    }

    private static WebhookStatus status(String word, @Nullable WebhookEndpoint stored) {
        return switch (word) {
            case "ENABLED" -> WebhookStatus.ENABLED;
            case "PAUSED" -> WebhookStatus.PAUSED;
            case "DISABLED" -> {
                if (stored != null && stored.status() == WebhookStatus.DISABLED) {
                    yield WebhookStatus.DISABLED;
                }
                throw new InvalidValue("Only Roster disables an endpoint; a call can set ENABLED or PAUSED.");
            }
            default -> throw new InvalidValue("The status is ENABLED or PAUSED.");
        };
    }
}
