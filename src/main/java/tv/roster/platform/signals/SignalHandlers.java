package tv.roster.platform.signals;

import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// Does something other than Java when a signal is received. Every JDK has `sun.misc.Signal`, but javac warns about
/// it, so it is looked up by name; without it, signals have Java's default effect.
public final class SignalHandlers {
    private SignalHandlers() {}

    /// From now on, the signal with this name, such as `INT`, runs the work in a thread of its own, whenever it is
    /// received.
    public static void handle(String name, Runnable work) {
        try {
            var type = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            var came = MethodHandles.publicLookup()
                    .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
                    .bindTo(work);
            type.getMethod("handle", type, handler)
                    .invoke(
                            null,
                            type.getConstructor(String.class).newInstance(name),
                            MethodHandleProxies.asInterfaceInstance(
                                    handler, MethodHandles.dropArguments(came, 0, type)));
        } catch (ReflectiveOperationException | RuntimeException missing) {
            // The signal keeps its usual effect.
        }
    }
}
