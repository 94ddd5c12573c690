package tv.roster.console.overview;

/// What was read, and when (epoch seconds).
public record Reading<T>(T value, long time) {}
