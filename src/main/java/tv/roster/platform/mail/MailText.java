package tv.roster.platform.mail;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.templates.Templates;
import tv.roster.values.brands.BrandColor;
import tv.roster.values.languages.Language;
import tv.roster.values.languages.Texts;

/// The content of a mail in its language: subject, plain text and HTML.
public final class MailText {
    private final Texts texts = new Texts(MailText.class);
    private final Templates templates;

    public MailText(Templates templates) {
        this.templates = templates;
    }

    /// The parts of a rendered mail; they contain the link, which is a secret.
    public record Written(String subject, String text, String html) {
        @Override
        public String toString() {
            return "Written[" + subject + "]";
        }
    }

    /// The model of the template `mail/link`.
    public record Model(
            String language,
            @Nullable BrandColor color,
            String sender,
            String title,
            String greeting,
            String body,
            String action,
            String link,
            String fallback,
            String lifetime,
            String unasked) {
        /// The colour of the button.
        public BrandColor button() {
            return color == null ? BrandColor.OF_ROSTER : color;
        }
    }

    /// `base` is the beginning of the link: the public URL, or its substitute.
    public Written write(Mail mail, String base) {
        var kind = mail.kind().word();
        var model = new Model(
                mail.language().tag(),
                mail.color(),
                mail.senderName(),
                text(mail, kind + ".title", mail.senderName()),
                mail.name() == null ? text(mail, "greeting") : text(mail, "greeting.named", mail.name()),
                text(mail, kind + ".body", mail.senderName()),
                text(mail, kind + ".button"),
                mail.link(base),
                text(mail, "fallback"),
                text(mail, kind + ".lifetime", lifetime(mail)),
                text(mail, kind + ".unasked"));
        return new Written(text(mail, kind + ".subject", mail.senderName()), plain(model), html(model));
    }

    private String html(Model model) {
        return templates.render("mail/link", model);
    }

    private static String plain(Model model) {
        return """
                %s

                %s

                %s

                %s

                %s

                %s
                """.formatted(
                model.greeting(), model.body(), model.link(), model.lifetime(), model.unasked(), model.sender());
    }

    /// Counted from the time of the request, as the subscriber sees it.
    private String lifetime(Mail mail) {
        return lifetime(mail.language(), Duration.between(mail.created(), mail.expires()));
    }

    private String lifetime(Language language, Duration lifetime) {
        if (lifetime.toDays() >= 2) {
            return texts.text(language, "days", lifetime.toDays());
        }
        if (lifetime.toHours() >= 2) {
            return texts.text(language, "hours", lifetime.toHours());
        }
        return lifetime.toMinutes() == 60
                ? texts.text(language, "hour")
                : texts.text(language, "minutes", Math.max(1, lifetime.toMinutes()));
    }

    private String text(Mail mail, String key, Object... values) {
        return texts.text(mail.language(), key, values);
    }
}
