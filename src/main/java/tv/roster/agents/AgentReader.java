package tv.roster.agents;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tv.roster.agents.values.AgentMember;
import tv.roster.agents.values.AgentStatus;
import tv.roster.agents.values.Role;
import tv.roster.platform.jsonapi.Linkage;
import tv.roster.platform.jsonapi.ResourceDocument;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.platform.problems.Member;
import tv.roster.platform.problems.Source;
import tv.roster.users.values.EmailAddress;
import tv.roster.values.Sent;
import tv.roster.values.ids.TenantId;
import tv.roster.values.text.Text;

/// Reads the Agent resource from a request, and reports everything that is wrong with it.
final class AgentReader {
    private static final String TENANT = "/data/relationships/tenant";

    private AgentReader() {}

    /// The place of an agent's member in its document.
    static Source place(Member member) {
        return switch (member) {
            case AgentMember.EMAIL -> Source.pointer("/data/attributes/email");
            case AgentMember.TENANT -> Source.pointer(TENANT);
            default -> Source.NONE;
        };
    }

    /// Reads the requested change; `stored` is null for an agent that is to be created.
    static AgentChange read(ResourceDocument document, @Nullable Agent stored) {
        var attributes = document.attributes();
        var change = new AgentChange(
                sent(attributes.textNotNull("email", EmailAddress::parse)),
                sent(attributes.textNotNull("name", AgentReader::name)),
                sent(attributes.textNotNull("role", AgentReader::role)),
                sent(attributes.textNotNull("status", text -> disabled(text, stored))),
                tenant(document));
        if (stored == null) {
            demand(document, "email", "name", "role");
        }
        readOnly(document, stored);
        attributes.refuseUnknown();
        document.relationships().refuseUnknown();
        document.meta().ignore("created_time", "updated_time", "version");
        document.meta().refuseUnknown();
        document.problems().throwIfAny();
        return change;
    }

    private static <T> Sent<T> sent(@Nullable T value) {
        return value == null ? Sent.absent() : Sent.of(value);
    }

    private static void demand(ResourceDocument document, String... members) {
        for (var member : members) {
            if (document.attributes().raw(member) == null) {
                document.problems()
                        .add(ErrorCode.INVALID_VALUE, "An agent needs its " + member + ".", "/data/attributes");
            }
        }
    }

    private static String name(String text) {
        Text.checkName(text, AgentChange.LONGEST_NAME);
        return text;
    }

    private static Role role(String word) {
        return Role.named(word)
                .orElseThrow(() -> new InvalidValue("There is no such role; the roles are "
                        + Arrays.stream(Role.values()).map(Role::name).collect(Collectors.joining(", ")) + "."));
    }

    /// `INVITED` becomes `ACTIVE` by itself, and can only be sent back.
    private static boolean disabled(String word, @Nullable Agent stored) {
        if (word.equals(AgentStatus.DISABLED.name())) {
            return true;
        }
        boolean invited = stored == null || stored.status() == AgentStatus.INVITED;
        if (word.equals(AgentStatus.ACTIVE.name()) || (invited && word.equals(AgentStatus.INVITED.name()))) {
            return false;
        }
        throw new InvalidValue("Send ACTIVE or DISABLED; an agent is INVITED until it has chosen a password.");
    }

    private static Sent<TenantId> tenant(ResourceDocument document) {
        var sent = Linkage.toOneOrNone(document.relationships(), "tenant", "Tenant");
        if (sent.value() == null) {
            return sent.present() ? Sent.of(null) : Sent.absent();
        }
        var id = TenantId.parse(sent.value());
        if (id.isEmpty()) {
            document.problems().add(ErrorCode.INVALID_VALUE, Agents.NO_TENANT, TENANT);
        }
        return Sent.of(id.orElse(null));
    }

    /// Clients may send back the members that they have read; `last_sign_in_time` is ignored, since it changes by
    /// itself.
    private static void readOnly(ResourceDocument document, @Nullable Agent stored) {
        var attributes = document.attributes();
        if (stored == null) {
            attributes.refuseReadOnly("second_factor", "last_sign_in_time", "setup_url", "setup_expires_time");
            return;
        }
        attributes.ignore("last_sign_in_time");
        if (attributes.bool("second_factor").differsFrom(stored.secondFactor())) {
            document.problems()
                    .add(ErrorCode.READ_ONLY, "The server sets this member.", attributes.pointer("second_factor"));
        }
    }
}
