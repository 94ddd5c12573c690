package tv.roster.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A mail server that offers SMTPUTF8, answers `RCPT` as it is told, and keeps the commands it got.
final class ScriptedSmtp implements AutoCloseable {
    private final ServerSocket socket;
    private final String answerToRecipient;
    private final List<String> commands = new CopyOnWriteArrayList<>();

    ScriptedSmtp(String answerToRecipient) {
        this.answerToRecipient = answerToRecipient;
        try {
            socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::serve);
    }

    String url() {
        return "smtp://127.0.0.1:" + socket.getLocalPort();
    }

    List<String> commands() {
        return commands;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (var connection = socket.accept()) {
                talk(connection);
            } catch (IOException hungUp) {
                // The next one, if the test goes on.
            }
        }
    }

    private void talk(Socket connection) throws IOException {
        var in = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
        say(connection, "220 ready");
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            commands.add(line);
            switch (line.split("[ :]", 2)[0]) {
                case "EHLO" -> say(connection, "250-here\r\n250-8BITMIME\r\n250 SMTPUTF8");
                case "RCPT" -> say(connection, answerToRecipient);
                case "DATA" -> {
                    say(connection, "354 go on");
                    while (!".".equals(in.readLine())) {
                        // The text is not of interest here.
                    }
                    say(connection, "250 taken");
                }
                default -> say(connection, "250 yes");
            }
        }
    }

    private static void say(Socket connection, String line) throws IOException {
        connection.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
