package tv.roster.platform.mail;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.platform.background.RepeatedTask;
import tv.roster.platform.mail.MailQueueTable.End;
import tv.roster.platform.sql.Statements;
import tv.roster.platform.timing.Counts;

/// What is counted about mails: what this node has done with them, and the queue of all nodes, which is read from the
/// database every 15 seconds instead of whenever somebody asks.
public final class MailFigures implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MailFigures.class);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(15);

    private final Statements database;
    private final InstantSource clock;
    private final Counts<End> ended = new Counts<>(End.class);
    private final LongAdder postponed = new LongAdder();
    private final RepeatedTask reading =
            new RepeatedTask("mail-figures", this::read, LOG, "The queue of mails could not be counted");
    private volatile MailQueueTable.Backlog backlog = MailQueueTable.Backlog.EMPTY;

    MailFigures(Statements database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    void start() {
        reading.every(FIRST, PAUSE);
    }

    void read() {
        backlog = MailQueueTable.backlog(database);
    }

    void ended(End how) {
        ended.increment(how);
    }

    void postponed() {
        postponed.increment();
    }

    /// The mails that this node has sent.
    public long sent() {
        return ended.of(End.SENT);
    }

    /// The attempts of this node that failed and will be repeated.
    public long failed() {
        return postponed.sum();
    }

    /// The mails that this node has given up.
    public long givenUp() {
        return ended.of(End.GIVEN_UP);
    }

    /// The mails that this node has not sent because their links were no longer valid.
    public long withdrawn() {
        return ended.of(End.WITHDRAWN);
    }

    /// The mails in the queue of all nodes, up to 100,000.
    public long queued() {
        return backlog.mails();
    }

    /// For how many seconds the oldest mail has been in the queue; 0 if there is none.
    public double oldestSeconds() {
        var oldest = backlog.oldest();
        return oldest == null
                ? 0
                : Math.max(0, Duration.between(oldest, clock.instant()).toMillis() / 1_000.0);
    }

    @Override
    public void close() {
        reading.close();
    }
}
