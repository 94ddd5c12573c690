package tv.roster.platform.http.wire;

import java.time.Duration;

/// How long a server bears with clients and requests.
///
/// @param idle  with a connection on which nothing happens, or a response that its client does not take
/// @param drain with requests that are under way when it stops
record Patience(Duration idle, Duration drain) {
    static final Patience USUAL = new Patience(Duration.ofSeconds(75), Duration.ofSeconds(10));
}
