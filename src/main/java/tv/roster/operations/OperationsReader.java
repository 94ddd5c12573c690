package tv.roster.operations;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tv.roster.access.KnownTenant;
import tv.roster.operations.Operation.Rejected;
import tv.roster.platform.json.Json;
import tv.roster.platform.jsonapi.Members;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Problems;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;

/// Reads a document of operations (Atomic Operations, "Document Structure").
final class OperationsReader {
    private static final int MOST = 100;
    private static final String NAME = "atomic:operations";

    private final KnownTenant tenant;
    private final LidReader lids = new LidReader();
    private final TargetReader targets;

    /// `origin` is the beginning of links.
    OperationsReader(KnownTenant tenant, String origin) {
        this.tenant = tenant;
        this.targets = new TargetReader(lids, origin);
    }

    /// The operations up to the first one that is rejected as it is; that one is the last. Those before it have to be
    /// tried all the same, since one of them may fail first.
    List<Step> read(byte[] body) {
        var all = operations(body);
        var steps = new ArrayList<Step>();
        for (int at = 0; at < all.size(); at++) {
            var pointer = "/" + NAME + "/" + at;
            try {
                steps.add(read(all.get(at), pointer));
            } catch (Refusal refusal) {
                var placed = new PlaceReader(pointer, pointer + "/data", false, null).place(refusal);
                if (at == 0) {
                    throw placed;
                }
                steps.add(new Step(new Rejected(placed), same -> same));
                return steps;
            }
        }
        return steps;
    }

    private Step read(JsonNode operation, String pointer) {
        if (!operation.isObject()) {
            throw new Refusal(ErrorCode.WRONG_TYPE, "An operation has to be an object.", Source.pointer(pointer));
        }
        return new OperationReader(operation, pointer, tenant, lids, targets).read();
    }

    private static JsonNode operations(byte[] body) {
        var tree = Json.read(body);
        if (!tree.isObject()) {
            throw new Refusal(ErrorCode.MALFORMED_DOCUMENT, "The document has to be an object.", Source.pointer(""));
        }
        var problems = new Problems();
        var top = new Members(tree, "", problems);
        var operations = top.raw(NAME);
        if (operations == null || !operations.isArray()) {
            throw new Refusal(
                    ErrorCode.MALFORMED_DOCUMENT,
                    "The document needs an array of operations as its " + NAME + ".",
                    Source.pointer(operations == null ? "" : top.pointer(NAME)));
        }
        if (operations.isEmpty() || operations.size() > MOST) {
            problems.add(ErrorCode.INVALID_VALUE, "A call has 1 to " + MOST + " operations.", top.pointer(NAME));
        }
        top.ignore("jsonapi", "links");
        top.object("meta").refuseUnknown();
        top.refuseUnknown();
        problems.throwIfAny();
        return operations;
    }
}
