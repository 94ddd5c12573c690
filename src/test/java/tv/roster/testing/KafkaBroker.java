package tv.roster.testing;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// A real Kafka of one node, from Maven Central, in a process of its own.
public final class KafkaBroker implements AutoCloseable {
    private static final Path PROJECT = Path.of("src", "test", "kafka");
    private static final Path INSTALLED = Path.of("target", "kafka");
    private static final List<String> SMALL = List.of(
            "-Xmx160m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dorg.slf4j.simpleLogger.showLogName=no");

    /// The log cleaner would reserve 128 MB.
    private static final String CONFIGURATION = """
            process.roles=broker,controller
            node.id=1
            controller.quorum.voters=1@127.0.0.1:%2$d
            listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
            advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
            controller.listener.names=CONTROLLER
            listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
            log.dirs=%3$s
            log.cleaner.enable=false
            num.partitions=3
            offsets.topic.num.partitions=1
            offsets.topic.replication.factor=1
            """;

    private final int port = FreePort.find();
    private final Path folder;
    private final String classPath;
    private final RunningProgram broker;

    public KafkaBroker(Path folder) throws IOException {
        this.folder = folder;
        classPath = installed();
        var configuration = folder.resolve("server.properties");
        Files.writeString(configuration, CONFIGURATION.formatted(port, FreePort.find(), folder.resolve("log")));
        var formatted = Program.run(
                folder,
                Map.of(),
                java("kafka.tools.StorageTool", "format", "-t", "AAAAAAAAQACAAAAAAAAAAQ", "-c", "server.properties"));
        if (formatted.status() != 0) {
            throw new AssertionError(formatted.output());
        }
        broker = RunningProgram.start(folder, Map.of(), java("kafka.Kafka", configuration.toString()));
        broker.awaitOutput("Kafka Server started");
    }

    public String address() {
        return "127.0.0.1:" + port;
    }

    /// The records of a topic, until there are so many different ones: their partitions, keys and values.
    public List<String[]> records(String topic, int count) {
        var program = PROJECT.resolve("Consume.java").toAbsolutePath().toString();
        try (var consumer =
                RunningProgram.start(folder, Map.of(), java(program, address(), topic, Integer.toString(count)))) {
            consumer.awaitEnd();
            return consumer.output()
                    .lines()
                    .map(line -> line.split("\t", 3))
                    .filter(parts -> parts.length == 3)
                    .toList();
        }
    }

    private List<String> java(String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SMALL);
        command.addAll(List.of("-cp", classPath));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    private static String installed() throws IOException {
        var maven = Program.demand("mvn");
        Files.createDirectories(INSTALLED);
        try (var channel = FileChannel.open(
                        INSTALLED.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            var found = INSTALLED.resolve("class-path").toAbsolutePath();
            if (!Files.exists(found)) {
                var run = Program.run(
                        PROJECT,
                        Map.of(),
                        List.of(
                                maven.toString(),
                                "-B",
                                "-q",
                                "-ntp",
                                "dependency:build-classpath",
                                "-Dmdep.outputFile=" + found));
                if (run.status() != 0) {
                    throw new AssertionError(run.output());
                }
            }
            return Files.readString(found).strip();
        }
    }

    @Override
    public void close() {
        broker.close();
    }
}
