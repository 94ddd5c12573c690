package tv.roster.platform.outgoing;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// Looks up the addresses of hosts.
@FunctionalInterface
public interface HostNames {
    /// As this machine does it: `/etc/hosts`, then DNS.
    HostNames OF_THE_MACHINE = InetAddress::getAllByName;

    /// The addresses of a host, at least one; `host` may be an address itself.
    InetAddress[] addresses(String host) throws UnknownHostException;
}
