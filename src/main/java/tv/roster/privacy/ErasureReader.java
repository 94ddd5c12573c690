package tv.roster.privacy;

import java.util.Optional;
import tv.roster.platform.jsonapi.ResourceDocument;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.users.values.ExternalId;
import tv.roster.values.ids.UserId;

/// Reads who is to be erased.
final class ErasureReader {
    private ErasureReader() {}

    /// @throws Refusal `422` unless exactly one of `user_id` and `external_id` is there
    static ErasedUser read(byte[] body) {
        var document = new ResourceDocument(body, Erasure.TYPE);
        document.refuseId();
        var attributes = document.attributes();
        var id = attributes.textNotNull("user_id", text -> text);
        var externalId = attributes.textNotNull("external_id", ExternalId::parse);
        var named = Optional.ofNullable(attributes.raw("user_id")).isPresent();
        var namedByOperator = Optional.ofNullable(attributes.raw("external_id")).isPresent();
        if (named == namedByOperator) {
            document.problems()
                    .add(
                            ErrorCode.INVALID_VALUE,
                            "An erasure needs either user_id or external_id.",
                            "/data/attributes");
        }
        attributes.refuseUnknown();
        document.relationships().refuseUnknown();
        document.meta().refuseUnknown();
        document.problems().throwIfAny();
        return externalId != null
                ? new ErasedUser.ByExternalId(externalId)
                : new ErasedUser.ById(UserId.parse(String.valueOf(id)).orElseThrow(Erasures::nobody));
    }
}
