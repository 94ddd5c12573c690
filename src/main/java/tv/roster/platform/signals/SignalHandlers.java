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
    ///
    /// @return gives the signal the effect again that it had before
    public static Runnable handle(String name, Runnable work) {
        try {
            var signal = Class.forName("sun.misc.Signal")
                    .getConstructor(String.class)
                    .newInstance(name);
            var before = set(signal, handler(work));
            return () -> restore(signal, before);
        } catch (ReflectiveOperationException | RuntimeException missing) {
            return () -> {};
        }
    }

    private static void restore(Object signal, Object handler) {
        try {
            set(signal, handler);
        } catch (ReflectiveOperationException | RuntimeException missing) {
            // It was there before.
        }
    }

    private static Object set(Object signal, Object handler) throws ReflectiveOperationException {
        return signal.getClass()
                .getMethod("handle", signal.getClass(), Class.forName("sun.misc.SignalHandler"))
                .invoke(null, signal, handler);
    }

    private static Object handler(Runnable work) throws ReflectiveOperationException {
        var came = MethodHandles.publicLookup()
                .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
                .bindTo(work);
        return MethodHandleProxies.asInterfaceInstance(
                Class.forName("sun.misc.SignalHandler"),
                MethodHandles.dropArguments(came, 0, Class.forName("sun.misc.Signal")));
    }
}
