package tv.roster.platform.mail;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Date;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.eclipse.angus.mail.util.MailConnectException;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.values.domains.DomainName;

/// Sends mails to a server by SMTP (RFC 5321) over one connection, with letters of all scripts in addresses if the
/// server supports them (RFC 6531). Not thread-safe.
public final class SmtpMailer implements Mailer {
    private static final String CONNECT_TIMEOUT_MS = "10000";
    private static final String ANSWER_TIMEOUT_MS = "30000";
    private static final int PERMANENT = 500;

    private final SmtpServer server;
    private final MailText text;
    private final String base;
    private final Session session;
    private @Nullable Connection connection;

    /// `base` is the beginning of the links in mails: the public URL.
    public SmtpMailer(SmtpServer server, MailText text, String base) {
        this.server = server;
        this.text = text;
        this.base = base;
        this.session = Session.getInstance(properties(server));
    }

    private static Properties properties(SmtpServer server) {
        var protocol = "mail." + protocol(server) + ".";
        var properties = new Properties();
        properties.setProperty("mail.mime.allowutf8", "true");
        properties.setProperty(protocol + "connectiontimeout", CONNECT_TIMEOUT_MS);
        properties.setProperty(protocol + "timeout", ANSWER_TIMEOUT_MS);
        properties.setProperty(protocol + "writetimeout", ANSWER_TIMEOUT_MS);
        properties.setProperty(protocol + "starttls.enable", "true");
        properties.setProperty(protocol + "starttls.required", Boolean.toString(server.needsStartTls()));
        properties.setProperty(protocol + "ssl.checkserveridentity", "true");
        properties.setProperty(protocol + "auth", Boolean.toString(server.user() != null));
        properties.setProperty(protocol + "quitwait", "false");
        return properties;
    }

    private static String protocol(SmtpServer server) {
        return server.encrypted() ? "smtps" : "smtp";
    }

    @Override
    public Acceptance send(Mail mail) throws NotSent {
        try {
            var message = message(mail);
            var connection = connected();
            connection.send(message);
            return Acceptance.of(server.host(), connection.getLastServerResponse());
        } catch (InvalidValue e) {
            throw new NotSent("mails cannot be sent to an address: " + e.detail(), true);
        } catch (MessagingException e) {
            close();
            throw notSent(e);
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connected() throws MessagingException {
        if (connection == null || !connection.isConnected()) {
            connection = new Connection(session, server);
            connection.connect(server.host(), server.port(), server.user(), server.password());
        }
        return connection;
    }

    /// Only a server that rejects the address itself makes the failure permanent. Its message may contain the
    /// recipient, so only the kind of failure and its code are reported.
    private static NotSent notSent(MessagingException e) {
        for (Exception cause = e; cause != null; cause = next(cause)) {
            if (cause instanceof SMTPAddressFailedException refused) {
                return new NotSent(
                        "the recipient was rejected with " + refused.getReturnCode(),
                        refused.getReturnCode() >= PERMANENT);
            }
        }
        return new NotSent(
                switch (e) {
                    case MailConnectException _ -> "the mail server could not be reached";
                    case AuthenticationFailedException _ -> "the mail server rejected the user or the password";
                    case SMTPSenderFailedException refused ->
                        "the sender address was rejected with " + refused.getReturnCode();
                    case SMTPSendFailedException refused -> "the mail server returned " + refused.getReturnCode();
                    default ->
                        "the connection to the mail server failed: "
                                + e.getClass().getSimpleName();
                },
                false);
    }

    private static @Nullable Exception next(Exception e) {
        return e instanceof MessagingException messaging ? messaging.getNextException() : null;
    }

    private MimeMessage message(Mail mail) throws MessagingException, UnsupportedEncodingException {
        var written = text.write(mail, base);
        var from = mail.senderAddress() == null ? server.from() : mail.senderAddress();
        var message = new Message(session, "<" + mail.id() + "@" + domain(from) + ">");
        message.setFrom(address(from, mail.senderName()));
        message.setRecipient(RecipientType.TO, address(mail.recipient(), null));
        message.setSubject(written.subject(), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(mail.created()));
        message.setHeader("Content-Language", mail.language().tag());
        message.setHeader("Auto-Submitted", "auto-generated");
        var parts = new MimeMultipart("alternative");
        parts.addBodyPart(part(written.text(), "plain"));
        parts.addBodyPart(part(written.html(), "html"));
        message.setContent(parts);
        message.saveChanges();
        return message;
    }

    private static MimeBodyPart part(String text, String subtype) throws MessagingException {
        var part = new MimeBodyPart();
        part.setText(text, StandardCharsets.UTF_8.name(), subtype);
        return part;
    }

    /// The domain is sent in its ASCII form, even if the server accepts others: otherwise the server would
    /// determine which domain is meant, and some use IDNA 2003, which maps `straße` to `strasse`.
    private static InternetAddress address(String mailbox, @Nullable String name) throws UnsupportedEncodingException {
        int at = mailbox.lastIndexOf('@');
        var local = mailbox.substring(0, at);
        var address = new InternetAddress();
        address.setAddress(local + "@" + domain(mailbox));
        if (name != null) {
            address.setPersonal(name, StandardCharsets.UTF_8.name());
        }
        return address;
    }

    private static String domain(String mailbox) {
        var domain = mailbox.substring(mailbox.lastIndexOf('@') + 1);
        return domain.startsWith("[") ? domain : DomainName.toAscii(domain);
    }

    @Override
    public void close() {
        var open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (MessagingException gone) {
                // The server has already closed the connection.
            }
        }
    }

    /// A connection that requests SMTPUTF8 only for mails that need it: a mail for which it was requested is
    /// returned by the first server on its way that does not support it (RFC 6531 section 3.6).
    private static final class Connection extends SMTPTransport {
        private static final String SMTPUTF8 = "SMTPUTF8";

        private boolean international = true;

        Connection(Session session, SmtpServer server) {
            super(session, null, protocol(server), server.encrypted());
        }

        void send(MimeMessage message) throws MessagingException, NotSent {
            international = !isAscii(message.getFrom()) || !isAscii(message.getAllRecipients());
            if (international && !supportsExtension(SMTPUTF8)) {
                throw new NotSent(
                        "an address has letters beyond ASCII before the @, and the mail server does not offer SMTPUTF8",
                        true);
            }
            sendMessage(message, message.getAllRecipients());
        }

        private static boolean isAscii(Address... addresses) {
            return Arrays.stream(addresses)
                    .allMatch(address ->
                            ((InternetAddress) address).getAddress().chars().allMatch(c -> c < 0x80));
        }

        @Override
        public synchronized boolean supportsExtension(String extension) {
            return (international || !extension.equals(SMTPUTF8)) && super.supportsExtension(extension);
        }
    }

    /// A message that keeps its given id, so that a mail sent twice can be recognised as one.
    private static final class Message extends MimeMessage {
        private final String id;

        Message(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
