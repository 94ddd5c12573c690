package tv.roster.values.domains;

/// Recognises hosts, by name or address, that are always this machine: data sent to them crosses no network.
public final class LoopbackHost {
    private LoopbackHost() {}

    /// Whether `host` is `localhost` or a literal loopback address, IPv6 with or without brackets. Nothing is
    /// resolved.
    public static boolean is(String host) {
        return host.matches("(?i:localhost)|127(\\.[0-9]{1,3}){3}|(\\[)?::1(])?");
    }
}
