package tv.roster.platform.outgoing;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.ssl.SslHandler;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/// The connections to one destination, which nobody else uses. A request takes one that is free, or opens another; how
/// many requests are under way is the caller's choice.
public final class Line implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final int CONNECT_MILLIS = 5_000;

    /// Servers close connections that are idle, often after five seconds.
    private static final long LONGEST_IDLE_NANOS = TimeUnit.SECONDS.toNanos(4);

    private static final int LONGEST_LINE = 4096;
    private static final int LONGEST_HEAD = 16 << 10;
    private static final int CHUNK = 8 << 10;

    private final OutgoingRequests requests;
    private final Destination destination;
    private final Deque<Exchange> free = new ConcurrentLinkedDeque<>();
    private final Set<Exchange> all = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Line(OutgoingRequests requests, Destination destination) {
        this.requests = requests;
        this.destination = destination;
    }

    Destination destination() {
        return destination;
    }

    /// Sends a request. The outcome comes within 15 seconds, on an event loop, which must not be blocked.
    public CompletableFuture<Outcome> post(Message message) {
        var attempt = new Attempt(message);
        attempt.endsBy(requests.loops()
                .here()
                .netty()
                .schedule(
                        () -> attempt.abort("There was no complete response within " + LIMIT.toSeconds() + " s."),
                        LIMIT.toMillis(),
                        TimeUnit.MILLISECONDS));
        begin(attempt);
        return attempt.outcome();
    }

    private void begin(Attempt attempt) {
        for (var exchange = free.pollLast(); exchange != null; exchange = free.pollLast()) {
            if (exchange.isUsable(LONGEST_IDLE_NANOS)) {
                exchange.begin(attempt);
                return;
            }
            exchange.close();
        }
        connect(attempt);
    }

    /// Sends a request once more, on a new connection.
    void again(Attempt attempt) {
        connect(attempt);
    }

    private void connect(Attempt attempt) {
        var _ = requests.addresses(destination).whenComplete((addresses, failure) -> {
            if (failure != null) {
                attempt.end(reason(failure));
            } else {
                connect(attempt, Arrays.asList(addresses).iterator());
            }
        });
    }

    /// Connects to the very addresses that were judged, one after the other until one accepts.
    private void connect(Attempt attempt, Iterator<InetAddress> addresses) {
        if (attempt.isOver()) {
            return;
        }
        if (closed) {
            attempt.end("The server is shutting down.");
            return;
        }
        var address = addresses.next();
        var connecting = new Bootstrap()
                .group(requests.loops().here().netty())
                .channel(requests.channelType())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new Pipeline())
                .connect(new InetSocketAddress(address, destination.port()));
        attempt.uses(connecting.channel());
        var _ = connecting.addListener(done -> {
            if (!done.isSuccess()) {
                if (addresses.hasNext()) {
                    connect(attempt, addresses);
                } else {
                    attempt.end(reason(done.cause()));
                }
            } else {
                secured(connecting.channel(), attempt);
            }
        });
    }

    private void secured(Channel channel, Attempt attempt) {
        var tls = channel.pipeline().get(SslHandler.class);
        var exchange = channel.pipeline().get(Exchange.class);
        if (tls == null) {
            exchange.begin(attempt);
            return;
        }
        var _ = tls.handshakeFuture().addListener(done -> {
            if (done.isSuccess()) {
                exchange.begin(attempt);
            } else {
                attempt.abort(reason(done.cause()));
            }
        });
    }

    private final class Pipeline extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            var exchange = new Exchange(Line.this, channel);
            all.add(exchange);
            if (destination.tls()) {
                channel.pipeline().addLast(requests.tls(channel, destination));
            }
            channel.pipeline()
                    .addLast(exchange.counting())
                    .addLast(new HttpClientCodec(LONGEST_LINE, LONGEST_HEAD, CHUNK))
                    .addLast(exchange);
        }
    }

    void isFree(Exchange exchange) {
        free.addLast(exchange);
        if (closed) {
            exchange.close();
        }
    }

    void isGone(Exchange exchange) {
        free.remove(exchange);
        all.remove(exchange);
    }

    /// Closes the connections that have not been used for some seconds.
    public void closeIdle() {
        for (var exchange = free.peekFirst();
                exchange != null && !exchange.isUsable(LONGEST_IDLE_NANOS) && free.remove(exchange);
                exchange = free.peekFirst()) {
            exchange.close();
        }
    }

    /// What to report of a failure: nothing of this machine, and no names of classes.
    static String reason(Throwable failure) {
        String reason = "The connection broke.";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            reason = switch (cause) {
                case NotAllowed refused -> refused.getMessage();
                case CertificateException invalid ->
                    "The server's certificate is not valid here: " + invalid.getMessage();
                case UnknownHostException unknown -> "The name of the host could not be resolved.";
                case SSLException untrusted -> "The TLS handshake failed.";
                case ConnectTimeoutException late -> "The connection was not accepted in time.";
                case ConnectException refused -> "The connection was refused.";
                case NoRouteToHostException nowhere -> "There is no route to the server.";
                default -> reason;
            };
        }
        return reason;
    }

    /// Closes all connections, whatever is under way on them.
    @Override
    public void close() {
        closed = true;
        all.forEach(Exchange::close);
    }
}
