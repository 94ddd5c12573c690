package tv.roster.platform.problems;

/// Where the members of a resource are in the input of a door.
@FunctionalInterface
public interface Places {
    /// For doors whose errors contain no places.
    Places NONE = member -> Source.NONE;

    /// The place of a member, or [Source#NONE] if the door does not read it.
    Source of(Member member);
}
