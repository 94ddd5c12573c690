package tv.roster.platform.mail;

/// Passes mails on for delivery.
public interface Mailer extends AutoCloseable {
    /// Returns when the mail has been accepted, by whom.
    ///
    /// @throws NotSent if it has not, as far as is known
    Acceptance send(Mail mail) throws NotSent;

    /// Called when no mail follows for a while, so that connections can be closed. The mailer can be used again
    /// afterwards.
    @Override
    void close();

    /// A mail was not accepted; `forGood` if another attempt would be useless. The message contains neither the
    /// recipient nor the link.
    final class NotSent extends Exception {
        private final boolean forGood;

        public NotSent(String message, boolean forGood) {
            super(message, null, false, false);
            this.forGood = forGood;
        }

        public boolean isForGood() {
            return forGood;
        }
    }
}
