package tv.roster.users.v4;

import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.roster.access.KnownTenant;
import tv.roster.credentials.hashing.PasswordHash;
import tv.roster.credentials.hashing.PasswordHasher;
import tv.roster.credentials.strength.Password;
import tv.roster.platform.jsonapi.Linkage;
import tv.roster.platform.jsonapi.Members;
import tv.roster.platform.jsonapi.ResourceDocument;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.platform.problems.Places;
import tv.roster.platform.problems.Problems;
import tv.roster.platform.problems.Source;
import tv.roster.profiles.Profile;
import tv.roster.users.OwnPassword;
import tv.roster.users.StoredMembers;
import tv.roster.users.UserChange;
import tv.roster.users.UserChange.Stored;
import tv.roster.users.UserMember;
import tv.roster.users.values.EmailAddress;
import tv.roster.users.values.ExternalId;
import tv.roster.users.values.FullName;
import tv.roster.users.values.RegistrationState;
import tv.roster.users.values.TelephoneNumber;
import tv.roster.users.values.UserFlag;
import tv.roster.values.Sent;
import tv.roster.values.ids.ProfileId;

/// Reads the User resource from a request, and reports everything that is wrong with it.
public final class UserReader {
    public static final String TYPE = "User";

    private static final int MOST_FLAGS = KnownTenant.MOST_OWN_FLAGS + KnownTenant.BUILT_IN_FLAGS.size();

    private final ResourceDocument document;
    private final KnownTenant tenant;
    private final Problems problems;
    private @Nullable String withoutFlag;
    private boolean takesHash;
    private Sent<PasswordHash> passwordHash = Sent.absent();

    public UserReader(byte[] body, KnownTenant tenant) {
        this(new ResourceDocument(body, TYPE), tenant);
    }

    public UserReader(ResourceDocument document, KnownTenant tenant) {
        this.document = document;
        this.tenant = tenant;
        this.problems = document.problems();
    }

    ResourceDocument document() {
        return document;
    }

    /// Reads a user that does not exist yet: read-only members must be null or absent.
    public UserChange create() {
        document.refuseId();
        return read(true);
    }

    public UserChange change() {
        return read(false);
    }

    /// A row of an import: the user that it names, what it wants of it, and the hash of a password from another
    /// system.
    public record Row(@Nullable String id, UserChange change, Sent<PasswordHash> passwordHash) {}

    /// Reads a row of an import, which can have the hash of a password in place of the password. Whether it
    /// creates a user is not known yet, so that read-only members are compared later.
    public Row row() {
        takesHash = true;
        var change = change();
        return new Row(document.id(), change, passwordHash);
    }

    private Sent<PasswordHash> passwordHash(Members security) {
        var hash = security.text("password_hash", PasswordHasher::imported);
        if (hash.present() && security.raw("user_password") != null) {
            problems.add(
                    ErrorCode.INVALID_VALUE,
                    "A user has user_password or password_hash, not both.",
                    security.pointer("password_hash"));
        }
        return hash;
    }

    private UserChange read(boolean creating) {
        var attributes = document.attributes();
        var contact = attributes.objectOrNull("contact_details");
        boolean clearContact = attributes.isNull("contact_details");
        var registration = attributes.object("registration_information");
        var meta = document.meta();
        var security = meta.object("security");
        if (creating) {
            registration.refuseReadOnly("registration_time");
            meta.refuseReadOnly("created_time", "updated_time", "version");
            security.refuseReadOnly("password_set");
        }
        if (takesHash) {
            passwordHash = passwordHash(security);
        }
        Sent<EmailAddress> noEmail = clearContact ? Sent.of(null) : Sent.absent();
        Sent<TelephoneNumber> noTelephone = clearContact ? Sent.of(null) : Sent.absent();
        var change = new UserChange(
                attributes.text("name", FullName::parse),
                flags(attributes),
                clearContact ? noEmail : contact.text("email", EmailAddress::parse),
                clearContact ? noTelephone : contact.text("telephone_number_E123", TelephoneNumber::parse),
                state(registration),
                attributes.text("external_id", ExternalId::parse),
                security.text("user_password", Password::chosen),
                defaultProfile(creating),
                creating ? nothingStored() : stored(registration, meta, security));
        for (var members : List.of(attributes, contact, registration, document.relationships(), meta, security)) {
            members.refuseUnknown();
        }
        OwnPassword.check(change, null, problems);
        problems.throwIfAny();
        return change;
    }

    private Sent<List<UserFlag>> flags(Members attributes) {
        var seen = new HashSet<String>();
        var flags = attributes.texts("user_flags", MOST_FLAGS, text -> {
            var flag = UserFlag.parse(text);
            if (!tenant.hasFlag(text)) {
                throw new InvalidValue(ErrorCode.UNKNOWN_FLAG, withoutFlag());
            }
            if (!seen.add(text)) {
                throw new InvalidValue("This flag is there already.");
            }
            return flag;
        });
        return flags.present() && flags.value() == null ? Sent.of(List.of()) : flags;
    }

    /// Built once for all flags of a request, since a catalogue can be long.
    private String withoutFlag() {
        if (withoutFlag == null) {
            withoutFlag = tenant.withoutFlag();
        }
        return withoutFlag;
    }

    private Sent<RegistrationState> state(Members registration) {
        if (registration.isNull("registration_state")) {
            problems.add(
                    ErrorCode.WRONG_TYPE,
                    "The state is REGISTERED or UNREGISTERED.",
                    registration.pointer("registration_state"));
        }
        return registration.text("registration_state", RegistrationState::parse);
    }

    private Sent<ProfileId> defaultProfile(boolean creating) {
        var linkage = Linkage.toOne(document.relationships(), "default_user_profile", Profile.TYPE);
        var pointer = document.relationships().pointer("default_user_profile") + "/data";
        if (creating && linkage.present()) {
            problems.add(ErrorCode.INVALID_VALUE, "The default profile is created with the user.", pointer);
        }
        if (!linkage.present()) {
            return Sent.absent();
        }
        var id = linkage.map(text -> ProfileId.parse(text).orElse(null));
        if (id == null) {
            problems.add(StoredMembers.notOfThisUser());
        }
        return Sent.of(id);
    }

    /// The places of a user's members in a resource object at this JSON pointer.
    public static Places places(String pointer) {
        return member -> member instanceof UserMember own ? Source.pointer(pointer + place(own)) : Source.NONE;
    }

    private static String place(UserMember member) {
        return switch (member) {
            case ID -> "/id";
            case NAME -> "/attributes/name";
            case USER_FLAGS -> "/attributes/user_flags";
            case EMAIL -> "/attributes/contact_details/email";
            case TELEPHONE_NUMBER -> "/attributes/contact_details/telephone_number_E123";
            case REGISTRATION_STATE -> "/attributes/registration_information/registration_state";
            case REGISTRATION_TIME -> "/attributes/registration_information/registration_time";
            case EXTERNAL_ID -> "/attributes/external_id";
            case PASSWORD -> "/meta/security/user_password";
            case PASSWORD_SET -> "/meta/security/password_set";
            case CREATED_TIME -> "/meta/created_time";
            case UPDATED_TIME -> "/meta/updated_time";
            case VERSION -> "/meta/version";
            case DEFAULT_PROFILE -> "/relationships/default_user_profile/data";
            case PROFILES -> "/relationships/user_profiles/data";
        };
    }

    private Stored stored(Members registration, Members meta, Members security) {
        return new Stored(
                registration.integer("registration_time"),
                security.bool("password_set"),
                meta.integer("created_time"),
                meta.integer("updated_time"),
                meta.integer("version"),
                Linkage.toMany(document.relationships(), "user_profiles", Profile.TYPE, Profile.MOST_PER_USER));
    }

    private Stored nothingStored() {
        var profiles = Linkage.toMany(document.relationships(), "user_profiles", Profile.TYPE, Profile.MOST_PER_USER);
        if (profiles.present()) {
            problems.add(
                    ErrorCode.READ_ONLY,
                    "Profiles are created at their own address.",
                    document.relationships().pointer("user_profiles") + "/data");
        }
        return new Stored(Sent.absent(), Sent.absent(), Sent.absent(), Sent.absent(), Sent.absent(), Sent.absent());
    }
}
