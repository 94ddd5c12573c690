package tv.roster.platform.problems;

/// Where the members of a resource are in what one door reads.
@FunctionalInterface
public interface Places {
    /// For doors that show no places.
    Places NONE = member -> Source.NONE;

    /// The place of a member, or [Source#NONE] where the door does not read it.
    Source of(Member member);
}
