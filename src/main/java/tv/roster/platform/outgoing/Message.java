package tv.roster.platform.outgoing;

import java.util.Map;

/// What a POST request sends: headers besides `Host` and `Content-Length`, and the body.
public record Message(Map<String, String> headers, byte[] body) {}
