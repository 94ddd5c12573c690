package tv.roster.platform.mail;

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

/// A mail server that offers what it is told, answers `RCPT` as it is told, and keeps the commands it got.
final class ScriptedSmtp implements AutoCloseable {
    private final ServerSocket socket;
    private final String answerToRecipient;
    private final String[] extensions;
    private final List<String> commands = new CopyOnWriteArrayList<>();

    /// Offers `8BITMIME` and these extensions.
    ScriptedSmtp(String answerToRecipient, String... extensions) {
        this.answerToRecipient = answerToRecipient;
        this.extensions = extensions;
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
                case "EHLO" -> {
                    say(connection, "250-here");
                    for (var extension : extensions) {
                        say(connection, "250-" + extension);
                    }
                    say(connection, "250 8BITMIME");
                }
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
