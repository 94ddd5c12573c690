package tv.roster.platform.problems;

/// A member of a resource that a rule can blame, such as a user's e-mail address. Rules name the member; each door
/// knows its place in what it reads: a JSON pointer, a column of a line, a field of a form. Implemented by enums.
public interface Member {}
