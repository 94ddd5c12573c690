package tv.roster.platform.mail;

import java.util.Arrays;

/// What a mail is about; its word stands in the queue.
public enum MailKind {
    ACTIVATION("activation", "activate"),
    PASSWORD_RESET("password_reset", "reset");

    private final String word;
    private final String page;

    MailKind(String word, String page) {
        this.word = word;
        this.page = page;
    }

    /// Also the beginning of the keys of its texts.
    public String word() {
        return word;
    }

    /// The page that the link leads to, the first segment of its path.
    public String page() {
        return page;
    }

    /// The whole link: a secret. `base` is the public URL, or what stands in for it.
    public String link(String base, String token) {
        return base + "/" + page + "?token=" + token;
    }

    static MailKind named(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The queue holds an unknown kind of mail: " + word));
    }
}
