import java.time.Duration;
import org.apache.kafka.clients.consumer.*;

/// Prints the records of a topic from its beginning, until there are so many different ones: the partition, the key and
/// the value, separated by tabs.
void main(String[] arguments) {
    var text = "org.apache.kafka.common.serialization.StringDeserializer";
    var settings = Map.<String, Object>of(
            "bootstrap.servers", arguments[0],
            "group.id", "test-" + System.nanoTime(),
            "auto.offset.reset", "earliest",
            "key.deserializer", text,
            "value.deserializer", text);
    int count = Integer.parseInt(arguments[2]);
    var values = new HashSet<String>();
    try (var consumer = new KafkaConsumer<String, String>(settings)) {
        consumer.subscribe(List.of(arguments[1]));
        while (values.size() < count) {
            for (var one : consumer.poll(Duration.ofSeconds(1))) {
                IO.println(one.partition() + "\t" + one.key() + "\t" + one.value());
                values.add(one.value());
            }
        }
    }
}
