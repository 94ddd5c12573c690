package tv.roster.platform.mail;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tv.roster.platform.sql.Statements;

/// The mails that wait because no mail server is configured, for someone who tries Roster out. Demo only.
public final class Outbox {
    private static final int SHOWN = 50;

    private final Statements database;
    private final LinkSeal seal;
    private final MailText text;
    private final InstantSource clock;

    public Outbox(Statements database, LinkSeal seal, MailText text, InstantSource clock) {
        this.database = database;
        this.seal = seal;
        this.text = text;
        this.clock = clock;
    }

    /// A mail as the subscriber would receive it.
    public record Letter(Mail mail, MailText.Written written) {
        public String html() {
            return written.html();
        }
    }

    /// The newest 50, newest first, with links that begin with `base`.
    public List<Letter> letters(String base) {
        return MailQueueTable.waiting(database, seal, clock.instant().getEpochSecond(), SHOWN).stream()
                .filter(mail -> mail.token() != null)
                .map(mail -> letter(mail, base))
                .toList();
    }

    public Optional<Letter> letter(UUID id, String base) {
        return MailQueueTable.waiting(database, seal, clock.instant().getEpochSecond(), id)
                .filter(mail -> mail.token() != null)
                .map(mail -> letter(mail, base));
    }

    private Letter letter(Mail mail, String base) {
        return new Letter(mail, text.write(mail, base));
    }
}
