package tv.roster.calls;

import java.util.List;
import tv.roster.access.allowlist.AllowList;
import tv.roster.access.allowlist.CidrBlock;
import tv.roster.platform.http.EntityTags;
import tv.roster.platform.http.Request;
import tv.roster.platform.jsonapi.Members;
import tv.roster.platform.jsonapi.ResourceDocument;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;
import tv.roster.values.ExpectedVersion;
import tv.roster.values.Sent;

/// What the calls of the admin API have in common.
public final class Admin {
    /// The base path of the admin API.
    public static final String BASE = "/api/admin/v1";

    /// Part of a statement: if `changed` has a row, increments the version that nodes compare.
    public static final String BUMPED = """
            bumped as (
                update installation set access_version = access_version + 1
                 where exists (select from changed)
            )""";

    private static final long LONGEST_OVERLAP_SECONDS = 30 * 24 * 60 * 60;

    private Admin() {}

    /// The absolute address of the admin API, with which the links of its resources begin.
    public static String base(Request request) {
        return request.origin() + BASE;
    }

    public static ExpectedVersion expectedVersion(Request request) {
        return EntityTags.of(request, "If-Match").expected();
    }

    /// Takes the member `ip_allow_list`: blocks in their canonical form without repetitions; null is the empty
    /// list.
    public static Sent<List<String>> allowList(Members attributes) {
        var sent = attributes.texts("ip_allow_list", AllowList.MAX_BLOCKS, CidrBlock::parse);
        if (!sent.present()) {
            return Sent.absent();
        }
        List<CidrBlock> blocks = sent.value() == null ? List.of() : sent.value();
        return Sent.of(
                new AllowList(blocks).blocks().stream().map(CidrBlock::toString).toList());
    }

    /// Reads a request for a rotation, a resource of this type: for how many seconds the former secret remains
    /// valid.
    ///
    /// @param usual the value if the request does not specify one
    public static long overlap(Request request, String type, long usual) {
        var document = new ResourceDocument(request.body(), type);
        document.refuseId();
        var overlap = document.attributes().integer("overlap_seconds").value();
        if (overlap != null && (overlap < 0 || overlap > LONGEST_OVERLAP_SECONDS)) {
            document.problems()
                    .add(
                            ErrorCode.INVALID_VALUE,
                            "The overlap is 0 to " + LONGEST_OVERLAP_SECONDS + " seconds.",
                            document.attributes().pointer("overlap_seconds"));
        }
        document.attributes().refuseUnknown();
        document.relationships().refuseUnknown();
        document.meta().refuseUnknown();
        document.problems().throwIfAny();
        return overlap == null ? usual : overlap;
    }

    public static Refusal versionMismatch() {
        return new Refusal(
                ErrorCode.VERSION_MISMATCH, "Its version is not one of those in If-Match.", Source.EXPECTED_VERSION);
    }
}
