package tv.roster.platform.mail;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.platform.background.RepeatedTask;
import tv.roster.platform.background.RetryPolicy;
import tv.roster.platform.mail.MailQueueTable.End;
import tv.roster.platform.mail.MailQueueTable.Outcome;
import tv.roster.platform.mail.Mailer.NotSent;
import tv.roster.platform.sql.Statements;

/// Sends due mails on a separate thread. Any node may send any mail: it takes one at a time for the duration of a
/// lease, and the mail of a node that has died is taken again when the lease ends.
public final class MailQueue implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MailQueue.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration PATIENCE_OF_CLOSE = Duration.ofSeconds(10);
    private static final Duration KEPT = Duration.ofDays(7);

    /// The lease is longer than sending a mail can take with all timeouts; otherwise the mail could be sent twice.
    static final RetryPolicy RETRIES =
            new RetryPolicy(Duration.ofMinutes(10), Duration.ofMinutes(1), Duration.ofHours(4), Duration.ofDays(1));

    private final Statements database;
    private final Mailer mailer;
    private final LinkSeal seal;
    private final InstantSource clock;
    private final MailFigures figures;
    private final RepeatedTask sending =
            new RepeatedTask("mails", this::sendDue, LOG, "Mails could not be taken from the queue");

    public MailQueue(Statements database, Mailer mailer, LinkSeal seal, InstantSource clock) {
        this.database = database;
        this.mailer = mailer;
        this.seal = seal;
        this.clock = clock;
        this.figures = new MailFigures(database, clock);
    }

    /// What is counted about mails.
    public MailFigures figures() {
        return figures;
    }

    /// Starts to check for due mails, twice a second.
    public MailQueue start() {
        sending.every(PAUSE);
        figures.start();
        return this;
    }

    /// Sends all mails that are due now; for tests, which do not start the thread.
    void sendDue() {
        try (mailer) {
            boolean sent = true;
            while (sent && !sending.isClosed()) {
                sent = sendOne();
            }
        }
    }

    private boolean sendOne() {
        var now = clock.instant();
        var claimed = MailQueueTable.claim(
                database, seal, now.getEpochSecond(), RETRIES.leaseEnd(now).getEpochSecond());
        claimed.ifPresent(mail -> send(mail, now));
        return claimed.isPresent();
    }

    private void send(Mail mail, Instant now) {
        if (!mail.good()) {
            finish(mail, Outcome.of(End.WITHDRAWN), now);
            return;
        }
        if (mail.token() == null) {
            giveUp(mail, now, "the secret that its link was sealed with was removed");
            return;
        }
        var end = giveUpAt(mail);
        if (!now.isBefore(end)) {
            giveUp(mail, now, "it could not be sent before its link expired, or within a day");
            return;
        }
        try {
            finish(mail, Outcome.sent(mailer.send(mail)), now);
        } catch (NotSent e) {
            var next = now.plus(RETRIES.waitAfter(mail.attempt()));
            if (e.isForGood() || !next.isBefore(end)) {
                giveUp(mail, now, reason(e));
            } else {
                LOG.warn("Mail {} was not sent at attempt {}: {}", mail.id(), mail.attempt(), e.getMessage());
                figures.postponed();
                MailQueueTable.postpone(database, mail, next.getEpochSecond(), reason(e));
            }
        }
    }

    private static String reason(NotSent e) {
        return String.valueOf(e.getMessage());
    }

    private void giveUp(Mail mail, Instant now, String why) {
        LOG.error("Mail {} was given up after {} attempts: {}", mail.id(), mail.attempt(), why);
        finish(mail, Outcome.givenUp(why), now);
    }

    private void finish(Mail mail, Outcome outcome, Instant now) {
        figures.ended(outcome.end());
        MailQueueTable.finish(database, mail, outcome, now.getEpochSecond());
    }

    /// After a day, or when its link expires.
    private static Instant giveUpAt(Mail mail) {
        var patience = RETRIES.giveUp(mail.created());
        return mail.expires().isBefore(patience) ? mail.expires() : patience;
    }

    /// Deletes mails a week after their links have expired; for [tv.roster.platform.background.Sweeper].
    public static int sweep(Statements statements, long now, int limit) {
        return MailQueueTable.sweep(statements, now - KEPT.toSeconds(), limit);
    }

    /// Completes the mail that is being sent.
    @Override
    public void close() {
        figures.close();
        sending.close(PATIENCE_OF_CLOSE);
    }
}
