package tv.roster.mail;

import java.util.Arrays;

/// What a mail is about; its word stands in the queue.
enum MailKind {
    ACTIVATION("activation"),
    PASSWORD_RESET("password_reset");

    private final String word;

    MailKind(String word) {
        this.word = word;
    }

    /// Also the beginning of the keys of its texts.
    String word() {
        return word;
    }

    static MailKind named(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The queue holds an unknown kind of mail: " + word));
    }
}
