package tv.roster.webhooks.delivery;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An endpoint to which this node delivers, as it was when the node began to.
///
/// @param generation   grows with each change of the endpoint
/// @param replays      grows with each change of the position by a call
/// @param kinds        kinds of events, or groups of them; empty for all
/// @param position     up to it, everything has been delivered or waits; empty for the beginning
/// @param failingSince the first failure after the last success, in epoch milliseconds
record Assigned(
        EndpointKey key,
        int generation,
        int replays,
        String url,
        List<String> kinds,
        byte[] sealedSecret,
        byte @Nullable [] formerSealedSecret,
        @Nullable Long formerSecretUntil,
        String position,
        @Nullable Long failingSince) {}
