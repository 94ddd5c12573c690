package tv.roster.platform.mail;

import java.util.Arrays;

/// The kind of a mail; the queue stores its word.
public enum MailKind {
    ACTIVATION("activation", "activate"),
    PASSWORD_RESET("password_reset", "reset");

    private final String word;
    private final String page;

    MailKind(String word, String page) {
        this.word = word;
        this.page = page;
    }

    /// Also the prefix of the keys of its texts.
    public String word() {
        return word;
    }

    /// The page that the link leads to, the first segment of its path.
    public String page() {
        return page;
    }

    /// The complete link: a secret. `base` is the public URL, or its substitute.
    public String link(String base, String token) {
        return base + "/" + page + "?token=" + token;
    }

    static MailKind named(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The queue contains an unknown kind of mail: " + word));
    }
}
