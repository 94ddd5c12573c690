package tv.roster.platform.outgoing;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.eventloop.EventLoops;

/// Sends requests to servers that somebody else has named. The addresses of a host are looked up and judged for each
/// connection, which then goes to the very address that was judged. Redirects are not followed.
public final class OutgoingRequests implements AutoCloseable {
    /// A look-up occupies its thread for as long as a name server does not respond.
    private static final int LOOKING_UP = 64;

    private static final int WAITING = 4096;
    private static final int CHECKING = 2;
    private static final int KEPT_SECONDS = 10;

    private final EventLoops loops;
    private final HostNames names;
    private final AddressRule rule;
    private final SslContext tls;
    private final ThreadPoolExecutor lookingUp = new ThreadPoolExecutor(
            LOOKING_UP,
            LOOKING_UP,
            KEPT_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            Thread.ofPlatform().daemon().name("host-names-", 0).factory());

    /// A certificate takes a loop too long to check.
    private final ExecutorService checking = Executors.newFixedThreadPool(
            CHECKING, Thread.ofPlatform().daemon().name("tls-handshakes-", 0).factory());

    /// Trusts the certificate authorities that the Java runtime trusts.
    public OutgoingRequests(EventLoops loops, AddressRule rule) {
        this(loops, rule, HostNames.OF_THE_MACHINE, null);
    }

    /// With other look-ups; `trusted` has the certificate authorities to trust, null those of the Java runtime.
    public OutgoingRequests(EventLoops loops, AddressRule rule, HostNames names, @Nullable KeyStore trusted) {
        this.loops = loops;
        this.rule = rule;
        this.names = names;
        this.tls = context(trusted);
        lookingUp.allowCoreThreadTimeOut(true);
    }

    private static SslContext context(@Nullable KeyStore trusted) {
        try {
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            return SslContextBuilder.forClient().trustManager(trust).build();
        } catch (SSLException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A line of its own to this destination.
    public Line line(Destination destination) {
        return new Line(this, destination);
    }

    /// The addresses of the destination. Fails with [NotAllowed] if the server must not connect to one of them, and
    /// with [UnknownHostException] if there is none.
    public CompletableFuture<InetAddress[]> addresses(Destination destination) {
        var found = new CompletableFuture<InetAddress[]>();
        try {
            lookingUp.execute(() -> {
                try {
                    found.complete(judged(destination));
                } catch (UnknownHostException | RuntimeException e) {
                    found.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            found.completeExceptionally(new UnknownHostException("Too many look-ups are waiting"));
        }
        return found;
    }

    private InetAddress[] judged(Destination destination) throws UnknownHostException {
        var addresses = names.addresses(destination.host());
        for (var address : addresses) {
            var refusal = rule.refusal(destination, address);
            if (refusal != null) {
                throw new NotAllowed(refusal);
            }
        }
        return addresses;
    }

    EventLoops loops() {
        return loops;
    }

    Class<? extends Channel> channelType() {
        return loops.isNative() ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    /// Checks the certificate, and that it is the host's.
    SslHandler tls(Channel channel, Destination destination) {
        var handler = tls.newHandler(channel.alloc(), destination.host(), destination.port(), checking);
        var parameters = handler.engine().getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        handler.engine().setSSLParameters(parameters);
        return handler;
    }

    @Override
    public void close() {
        lookingUp.shutdownNow();
        checking.shutdownNow();
    }
}
