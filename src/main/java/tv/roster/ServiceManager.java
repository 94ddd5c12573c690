package tv.roster;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reports to systemd when the server is ready and when it stops, for units with `Type=notify` (see sd_notify(3)).
/// Java has no datagram sockets for local addresses, so the C library's are used.
final class ServiceManager {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceManager.class);
    private static final int LOCAL = 1;
    private static final int DATAGRAM = 2;
    private static final int ADDRESS_SIZE = 110;
    private static final int FAMILY_SIZE = Short.BYTES;

    private final @Nullable String address;

    /// Without `NOTIFY_SOCKET` in the environment, nothing is reported.
    ServiceManager(Map<String, String> environment) {
        this.address = environment.get("NOTIFY_SOCKET");
    }

    void ready(String status) {
        send("READY=1\nSTATUS=" + status);
    }

    void stopping() {
        send("STOPPING=1\nSTATUS=Stopping");
    }

    private void send(String state) {
        if (address == null || address.getBytes(UTF_8).length >= ADDRESS_SIZE - FAMILY_SIZE) {
            return;
        }
        try (var arena = Arena.ofConfined()) {
            byte[] message = state.getBytes(UTF_8);
            byte[] path = address.getBytes(UTF_8);
            var target = arena.allocate(ADDRESS_SIZE);
            target.set(JAVA_SHORT_UNALIGNED, 0, (short) LOCAL);
            MemorySegment.copy(path, 0, target, JAVA_BYTE, FAMILY_SIZE, path.length);
            if (address.startsWith("@")) {
                // The address is abstract: it is no file.
                target.set(JAVA_BYTE, FAMILY_SIZE, (byte) 0);
            }
            int socket = (int) function("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT))
                    .invokeExact(LOCAL, DATAGRAM, 0);
            long _ = (long) function(
                            "sendto",
                            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT))
                    .invokeExact(
                            socket,
                            arena.allocateFrom(JAVA_BYTE, message),
                            (long) message.length,
                            0,
                            target,
                            FAMILY_SIZE + path.length);
            int _ = (int)
                    function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT)).invokeExact(socket);
        } catch (Throwable failure) {
            LOG.debug("systemd was not notified", failure);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, FunctionDescriptor signature) {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), signature);
    }
}
