package tv.roster.platform.problems;

import java.util.Locale;

/// All errors that a client can receive: the HTTP status, the title, and what the client should do.
public enum ErrorCode {
    MALFORMED_JSON(400, "Malformed JSON", "Send a body that is valid JSON in UTF-8, with each key once."),
    MALFORMED_DOCUMENT(
            400,
            "Malformed document",
            "Send a JSON:API document: an object whose `data` has the `type` (and, to change something, the `id`)."),
    BAD_QUERY(400, "Bad query", "Correct the query parameter that `source.parameter` names."),
    BAD_CURSOR(
            400,
            "Bad cursor",
            "Take cursors unchanged from the `links` of a response, and use them with the same sort and filters."),
    PAGE_SIZE_TOO_LARGE(400, "Page size too large", "Ask for at most `meta.page.maxSize` and follow `links.next`."),
    BAD_HEADER(400, "Bad header", "Correct the header that `source.header` names."),
    UNAUTHORIZED(401, "Unauthorized", "Send `Authorization: Apikey KEY` with a key that is in force."),
    IP_NOT_ALLOWED(
            403,
            "Address not allowed",
            "Call from an allowed address, or have the address in `meta.address` added to the allow-list."),
    INSUFFICIENT_SCOPE(403, "Insufficient scope", "Use a key that has the scope named in `detail`."),
    CLIENT_ID_NOT_ALLOWED(
            403,
            "Client-made id not allowed",
            "Leave `data.id` out: the server generates it. Send your own id as `external_id`."),
    OPERATION_NOT_SUPPORTED(
            403,
            "Operation not supported",
            "Of relationships, only `update` a user's `default_user_profile`; add and remove profiles themselves."),
    NOT_FOUND(404, "Not found", "Check the address and the id; resources of other tenants are not found either."),
    METHOD_NOT_ALLOWED(405, "Method not allowed", "Use one of the methods that the `Allow` header lists."),
    NOT_ACCEPTABLE(406, "Not acceptable", "Accept a media type that `detail` names, without parameters, or `*/*`."),
    REQUEST_TIMEOUT(408, "Request timeout", "Send the whole request without long pauses."),
    EMAIL_TAKEN(
            409,
            "E-mail address taken",
            "Change the user that `meta.existing_id` names instead, or send another address."),
    EXTERNAL_ID_TAKEN(
            409,
            "External id taken",
            "Change the user that `meta.existing_id` names instead, or send another external id."),
    PROFILE_NAME_TAKEN(409, "Profile name taken", "Choose a name that no other profile of this user has."),
    TYPE_MISMATCH(409, "Type mismatch", "Send the `type` that belongs to this address."),
    ID_MISMATCH(409, "Id mismatch", "Send the same id in the document and in the address."),
    DEFAULT_PROFILE(409, "Default profile", "Make another profile the default first."),
    ALREADY_REGISTERED(
            409,
            "Already registered",
            "The account is active already; to set a new password, create a password reset link."),
    IDEMPOTENCY_IN_PROGRESS(
            409,
            "Request in progress",
            "The first request with this `Idempotency-Key` is in progress: repeat this one shortly."),
    SLUG_TAKEN(409, "Slug taken", "Choose a slug that no other tenant has."),
    FLAG_IN_USE(409, "Flag in use", "Remove the flag from the tenant's users before you remove it from the catalogue."),
    TENANT_HAS_USERS(409, "Tenant has users", "Delete its users first, or send `users=delete` to delete them with it."),
    KEY_REVOKED(409, "Key revoked", "Create a new key: revoking a key cannot be undone."),
    LAST_ADMIN_KEY(409, "Last admin key", "Create another admin key first."),
    ROTATION_PENDING(
            409, "Rotation pending", "Wait until the newest secret is in use, or rotate with an overlap of 0."),
    IMPORT_FINISHED(409, "Import finished", "There is nothing left to stop."),
    IMPORT_RUNNING(409, "Import running", "Wait until it has finished, or cancel it first."),
    CURSOR_EXPIRED(
            410,
            "Cursor expired",
            "Begin again without `page[after]`, and read the users themselves for what happened before."),
    VERSION_MISMATCH(
            412,
            "Version mismatch",
            "Read the resource again, apply the change to it, and send its new `ETag` in `If-Match`."),
    BODY_TOO_LARGE(413, "Body too large", "Send at most as many bytes as `detail` says."),
    URI_TOO_LONG(414, "URI too long", "Use fewer filter values in one call."),
    UNSUPPORTED_MEDIA_TYPE(
            415, "Unsupported media type", "Send `Content-Type: application/vnd.api+json` or `application/json`."),
    INVALID_VALUE(422, "Invalid value", "Correct the value at `source.pointer` as `detail` says."),
    UNKNOWN_MEMBER(422, "Unknown member", "Remove or rename the member at `source.pointer`."),
    UNKNOWN_FLAG(422, "Unknown flag", "Use flags of the tenant's catalogue."),
    READ_ONLY(422, "Read-only member", "Leave the member at `source.pointer` out, or send it as it is stored."),
    WRONG_TYPE(422, "Wrong type", "Send a value of the JSON type that `detail` names."),
    TOO_LONG(422, "Too long", "Shorten the value at `source.pointer`."),
    WEAK_PASSWORD(422, "Weak password", "Choose a longer or less common password."),
    PROFILE_LIMIT(422, "Profile limit reached", "A user has at most 20 profiles: delete one first."),
    IMPORT_LIMIT(422, "Import limit reached", "Wait until one of the imports has finished, or cancel one."),
    URL_NOT_ALLOWED(422, "URL not allowed", "Send a URL to which webhooks may go, as `detail` says."),
    ENDPOINT_LIMIT(422, "Endpoint limit reached", "A tenant has at most 16 webhook endpoints: delete one first."),
    NO_EMAIL(422, "No e-mail address", "Give the user an e-mail address, or send `delivery` `none`."),
    TOO_EXPENSIVE(
            422,
            "Too expensive",
            "Ask for less, as `detail` says: fewer or longer patterns, a smaller page, or no total."),
    IDEMPOTENCY_KEY_REUSED(422, "Idempotency key reused", "Use a new `Idempotency-Key` for each different request."),
    RATE_LIMITED(429, "Rate limited", "Wait as long as `Retry-After` says."),
    HEADER_TOO_LARGE(431, "Header too large", "Send fewer or shorter headers: at most 16 KiB together."),
    INTERNAL(500, "Internal error", "Repeat the call later; if the error persists, report its `id` to the operator."),
    UNAVAILABLE(503, "Unavailable", "Wait as long as `Retry-After` says and repeat the call."),
    OUTCOME_UNKNOWN(
            503,
            "Outcome unknown",
            "Repeat the call with the same `Idempotency-Key`; without one, first read the current state.");

    private final int status;
    private final String title;
    private final String remedy;
    private final String code;

    ErrorCode(int status, String title, String remedy) {
        this.status = status;
        this.title = title;
        this.remedy = remedy;
        this.code = name().toLowerCase(Locale.ROOT);
    }

    /// The HTTP status, 400 to 503.
    public int status() {
        return status;
    }

    /// The `code` in responses, such as `email_taken`.
    public String code() {
        return code;
    }

    public String title() {
        return title;
    }

    /// What the client should do: one sentence in Markdown, without markup other than `code`.
    public String remedy() {
        return remedy;
    }
}
