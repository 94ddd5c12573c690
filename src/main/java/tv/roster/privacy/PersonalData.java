package tv.roster.privacy;

import java.util.List;
import java.util.stream.Stream;

/// A column of the database that holds personal data of a subscriber. All of them are declared here, and all others
/// by [OtherData]; a test compares both with the database, and docs/privacy.md with this.
///
/// @param what     what it is, in words for the person
/// @param why      what it is kept for
/// @param kept     for how long
/// @param exported where it is in the export of personal data
/// @param erased   the place from which an erasure removes it
public record PersonalData(
        String table, String column, String what, String why, String kept, Exported exported, Place erased) {
    /// Where the export has the data.
    public sealed interface Exported {
        /// It is in the export as it is.
        ///
        /// @param member a path such as `events[].before`
        record At(String member) implements Exported {}

        /// It is not in the export as it is.
        ///
        /// @param reason why the export does not have it, or in which other form
        record Not(String reason) implements Exported {}
    }

    private static final String NORMALIZED = "in its original form";
    private static final String SECRET = "a secret";

    private static final Kept USER = new Kept(
            "roster_user", Place.USERS, "to provide the service to the subscriber", "until the user is deleted");

    private static final Kept PROFILE = new Kept(
            "user_profile",
            Place.PROFILES,
            "to show each member of the household what is suitable",
            "until the profile or its user is deleted");

    private static final Kept COPY = new Kept(
            "deleted_user",
            Place.DELETED_COPIES,
            "to restore a user who comes back, or who was deleted by mistake",
            "`deletion_grace_days` after the deletion");

    private static final Kept EVENT = new Kept(
            "user_event",
            Place.EVENTS,
            "to prove who changed what, and to let the operator's other systems follow the changes",
            "`event_retention_days`");

    private static final Kept MAIL = new Kept(
            "mail",
            Place.MAILS,
            "to send a link to the subscriber, and to know whether it was sent",
            "7 days after its link has expired (`activation_link_seconds`, `reset_link_seconds`)");

    private static final Kept LINK = new Kept(
            "account_link",
            Place.LINKS,
            "to let the subscriber choose a password",
            "until the link is used or replaced, or 90 days after it has expired (`activation_link_seconds`,"
                    + " `reset_link_seconds`)");

    private static final Kept FAILED_LOGIN = new Kept(
            "wrong_password",
            Place.FAILED_LOGINS,
            "to stop those who try passwords",
            "15 minutes after the last wrong password");

    private static final Kept ANSWER = new Kept(
            "idempotency_key", Place.KEPT_ANSWERS, "to carry out a request once, even if it is repeated", "24 hours");

    private static final Kept ROWS =
            new Kept("import_chunk", Place.IMPORT_ROWS, "to carry out an import", "until the row has been carried out");

    private static final Kept DRAFT = new Kept(
            "import_draft",
            Place.IMPORT_ROWS,
            "to find what would be wrong with an import, without a change",
            "until the dry run ends");

    private static final Kept REJECTED = new Kept(
            "import_rejected_row",
            Place.REJECTED_ROWS,
            "to show the operator which rows of an import are to be corrected",
            "7 days after the end of the import");

    private static final Kept ATTEMPT = new Kept(
            "webhook_attempt",
            Place.WEBHOOK_ATTEMPTS,
            "to find out why a webhook was not delivered",
            "until the endpoint has 1,000 later attempts");

    private static final String COPIED = "what it says is in `user`, `profiles` and `events`";
    private static final String WAITING = "a row is encrypted until its turn; then it is in `events` or `imports`";
    private static final String ONLY_A_DRAFT =
            "what a file says, which comes from the operator; nothing follows from it";

    /// All personal data, table by table.
    public static final List<PersonalData> ALL = Stream.of(
                    USER.at("name", "full name", "user.name"),
                    USER.not("name_key", "the name in the form in which names are sorted", NORMALIZED),
                    USER.not("name_folded", "the name in the form in which names are searched", NORMALIZED),
                    USER.at("email", "e-mail address", "user.email"),
                    USER.not("email_key", "the e-mail address in the form in which addresses are compared", NORMALIZED),
                    USER.at("telephone", "telephone number", "user.telephone_number_E123"),
                    USER.not("telephone_digits", "the digits of the telephone number", NORMALIZED),
                    USER.at(
                            "user_flags",
                            "what the subscriber may not do, and the operator's own marks",
                            "user.user_flags"),
                    USER.at("external_id", "the customer number in the operator's system", "user.external_id"),
                    USER.at("registered_time", "when the user was registered", "user.registration_time"),
                    USER.not(
                            "password_hash",
                            "what a password is recognized by",
                            "a secret: `user.password_set` says whether there is one"),
                    PROFILE.at("name", "name of a profile, such as a first name", "profiles[].name"),
                    PROFILE.at("is_child_profile", "whether the profile is a child's", "profiles[].is_child_profile"),
                    PROFILE.at("age_limit", "up to which age limit the profile may watch", "profiles[].age_limit"),
                    COPY.at("external_id", "the customer number of the deleted user", "user.external_id"),
                    COPY.not("copy", "the deleted user and its profiles", "as `user` and `profiles`"),
                    EVENT.at("before", "what the change replaced", "events[].before"),
                    EVENT.at("after", "what the change made of it", "events[].after"),
                    EVENT.at("state", "the user at that time", "events[].user"),
                    EVENT.at("address", "the IP address that the change came from", "events[].address"),
                    EVENT.at("request_id", "the id of the request, which the caller can choose", "events[].request_id"),
                    MAIL.at("kind", "what the mail was for", "mails[].kind"),
                    MAIL.at("recipient", "the e-mail address that it was sent to", "mails[].recipient"),
                    MAIL.at("language", "the language that it was written in", "mails[].language"),
                    MAIL.at(
                            "accepted_response",
                            "what the mail server said when it accepted the mail",
                            "mails[].accepted_response"),
                    MAIL.not("sealed_link", "the link in the mail, encrypted", SECRET),
                    LINK.at("kind", "what the link is for", "links[].kind"),
                    LINK.at("expires_time", "when the link expires", "links[].expires_time"),
                    LINK.not("token_hash", "what the link is recognized by", SECRET),
                    FAILED_LOGIN.at("times", "when a wrong password was given for this user", "failed_logins[].time"),
                    FAILED_LOGIN.not("last_time", "the last of these times", "the last one of `failed_logins`"),
                    ANSWER.not(
                            "key",
                            "what the caller calls the request, which may be a customer number",
                            "chosen by the operator's system"),
                    ANSWER.not("headers", "the head of the response", COPIED),
                    ANSWER.not("body", "the response, with the user as it was then", COPIED),
                    ROWS.not("sealed_rows", "the rows of a file that wait for their turn, encrypted", WAITING),
                    DRAFT.not("name", "full name in a row", ONLY_A_DRAFT),
                    DRAFT.not("email", "e-mail address in a row", ONLY_A_DRAFT),
                    DRAFT.not(
                            "email_key",
                            "the e-mail address in the form in which addresses are compared",
                            ONLY_A_DRAFT),
                    DRAFT.not("telephone", "telephone number in a row", ONLY_A_DRAFT),
                    DRAFT.not("user_flags", "flags in a row", ONLY_A_DRAFT),
                    DRAFT.not("external_id", "customer number in a row", ONLY_A_DRAFT),
                    DRAFT.not("registered_time", "when the user would have been registered", ONLY_A_DRAFT),
                    DRAFT.not("password_hash", "what a password in a row is recognized by", SECRET),
                    REJECTED.at("external_id", "the customer number in the row", "imports[].external_id"),
                    REJECTED.at("errors", "what is wrong with the row", "imports[].errors"),
                    REJECTED.at("row", "the row, without passwords", "imports[].row"),
                    ATTEMPT.at(
                            "response",
                            "what the receiver of an event about the person returned",
                            "events[].deliveries[].response"),
                    ATTEMPT.at("detail", "why the delivery failed", "events[].deliveries[].detail"))
            .toList();

    /// What the personal data of a table has in common.
    private record Kept(String table, Place place, String why, String kept) {
        PersonalData at(String column, String what, String member) {
            return new PersonalData(table, column, what, why, kept, new Exported.At(member), place);
        }

        PersonalData not(String column, String what, String reason) {
            return new PersonalData(table, column, what, why, kept, new Exported.Not(reason), place);
        }
    }
}
