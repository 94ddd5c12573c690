package tv.roster.operations;

import org.jspecify.annotations.Nullable;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Member;
import tv.roster.platform.problems.Problem;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;
import tv.roster.profiles.ProfileReader;
import tv.roster.users.UserMember;
import tv.roster.users.v4.UserReader;

/// Places the refusals of one operation in the document.
///
/// @param operation the JSON pointer of the operation
/// @param resource  the JSON pointer of what it is about, for problems with the resource as a whole
/// @param byLid     whether an earlier operation creates that, so that it can be missing only if it was removed since
/// @param linkage   the JSON pointer of a default profile that is not a member of a resource; null for none
record PlaceReader(
        String operation,
        String resource,
        boolean byLid,
        @Nullable String linkage) {
    Refusal place(Refusal refusal) {
        // The server's own errors are about no part of the document.
        return refusal.status() >= ErrorCode.INTERNAL.status()
                ? refusal
                : new Refusal(refusal.problems().stream().map(this::place).toList(), refusal.headers());
    }

    private Problem place(Problem problem) {
        return switch (problem.source().kind()) {
            case POINTER, PARAMETER, HEADER -> problem;
            case MEMBER -> inDocument(problem);
            case EXPECTED_VERSION ->
                new Problem(
                        problem.code(),
                        "The resource has another version.",
                        Source.pointer(operation + "/data/meta/version"));
            case NONE -> whole(problem);
        };
    }

    private Problem inDocument(Problem problem) {
        var placed = problem.in(this::placeOf);
        return placed.source().equals(Source.NONE) ? whole(placed) : placed;
    }

    private Source placeOf(Member member) {
        var data = operation + "/data";
        if (member == UserMember.DEFAULT_PROFILE && linkage != null) {
            return Source.pointer(linkage);
        }
        var ofUser = UserReader.places(data).of(member);
        return ofUser.equals(Source.NONE) ? ProfileReader.places(data).of(member) : ofUser;
    }

    private Problem whole(Problem problem) {
        return byLid && problem.code() == ErrorCode.NOT_FOUND
                ? new Problem(
                        ErrorCode.INVALID_VALUE,
                        "An earlier operation has removed the resource with this lid.",
                        Source.pointer(resource))
                : problem.at(Source.pointer(resource));
    }
}
