package tv.roster.tenants;

import java.util.HashSet;
import java.util.List;
import tv.roster.access.KnownTenant;
import tv.roster.calls.Admin;
import tv.roster.platform.jsonapi.Linkage;
import tv.roster.platform.jsonapi.ResourceDocument;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.platform.problems.Member;
import tv.roster.platform.problems.Source;
import tv.roster.users.values.UserFlag;
import tv.roster.values.Sent;
import tv.roster.values.text.Text;

/// Reads the Tenant resource from a request, and reports everything that is wrong with it.
final class TenantReader {
    private static final int LONGEST_NAME = 128;

    private TenantReader() {}

    /// The place of a tenant's member in its document.
    static Source place(Member member) {
        return member instanceof TenantMember own
                ? Source.pointer(
                        switch (own) {
                            case SLUG -> "/data/attributes/slug";
                            case USER_FLAGS -> "/data/attributes/user_flags";
                            case RATE_LIMIT -> "/data/attributes/settings/rate_limit";
                            case KEY_RATE_LIMIT -> "/data/attributes/settings/key_rate_limit";
                        })
                : Source.NONE;
    }

    /// Reads the requested change; a tenant that is to be created needs a slug and a name.
    static TenantChange read(ResourceDocument document, boolean creating) {
        var attributes = document.attributes();
        var problems = document.problems();
        var slug = attributes.text("slug", Slug::parse);
        var name = attributes.text("name", TenantReader::name);
        for (var member : List.of("slug", "name")) {
            if (attributes.isNull(member)) {
                problems.add(ErrorCode.WRONG_TYPE, "This cannot be null.", attributes.pointer(member));
            } else if (creating && attributes.raw(member) == null) {
                problems.add(ErrorCode.INVALID_VALUE, "A tenant needs a " + member + ".", attributes.pointer(""));
            }
        }
        var flags = attributes.texts("user_flags", KnownTenant.MOST_OWN_FLAGS, TenantReader::flag);
        if (flags.value() != null) {
            checkFlags(document, flags.value());
        }
        var allowList = Admin.allowList(attributes);
        var settings = SettingsReader.read(attributes.object("settings"));
        attributes.refuseUnknown();
        Linkage.refuseData(document.relationships(), "api_keys");
        document.relationships().refuseUnknown();
        document.meta().ignore("created_time", "updated_time", "version");
        document.meta().refuseUnknown();
        problems.throwIfAny();
        return new TenantChange(slug, name, flags.present() ? Sent.of(orEmpty(flags)) : flags, allowList, settings);
    }

    private static List<String> orEmpty(Sent<List<String>> sent) {
        return sent.value() == null ? List.of() : sent.value().stream().sorted().toList();
    }

    private static String name(String text) {
        Text.checkName(text, LONGEST_NAME);
        return text;
    }

    private static String flag(String text) {
        if (KnownTenant.BUILT_IN_FLAGS.contains(text)) {
            throw new InvalidValue("Every tenant has this flag; leave it out.");
        }
        return UserFlag.parse(text).value();
    }

    private static void checkFlags(ResourceDocument document, List<String> flags) {
        var pointer = document.attributes().pointer("user_flags");
        if (new HashSet<>(flags).size() < flags.size()) {
            document.problems().add(ErrorCode.INVALID_VALUE, "A flag is repeated.", pointer);
        }
    }
}
