package tv.roster.platform.mail;

/// Hands mails over to whoever delivers them.
public interface Mailer extends AutoCloseable {
    /// Returns when the mail has been taken over.
    ///
    /// @throws NotSent if it was not, as far as can be known
    void send(Mail mail) throws NotSent;

    /// Says that no mail follows for a while: connections may be given back. It can be used again afterwards.
    @Override
    void close();

    /// Why a mail was not taken; `forGood` where trying again would be of no use. The message holds no recipient and no
    /// link.
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
