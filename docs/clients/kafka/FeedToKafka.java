import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.*;
import java.net.http.HttpResponse.BodyHandlers;
import org.apache.kafka.clients.producer.*;

/// Writes the tenant's events to a topic of Kafka, those of each user in their order; feed.next keeps the place.
void main() throws Exception {
    var place = Path.of("feed.next");
    var next = System.getenv("ROSTER_URL") + "/api/user/management/v4/events?page%5Bsize%5D=1000&wait=30";
    if (Files.exists(place)) next = Files.readString(place);
    var text = "org.apache.kafka.common.serialization.StringSerializer";
    var settings = Map.<String, Object>of(
            "bootstrap.servers", System.getenv("KAFKA"), "acks", "all", "key.serializer", text, "value.serializer", text);
    try (var http = HttpClient.newHttpClient(); var kafka = new KafkaProducer<String, String>(settings)) {
        while (true) {
            var request = HttpRequest.newBuilder(URI.create(next)).header("Authorization", "Apikey " + System.getenv("KEY"));
            var response = http.send(request.build(), BodyHandlers.ofString());
            if (response.statusCode() != 200) throw new IOException(response.statusCode() + " " + response.body());
            var page = new ObjectMapper().readTree(response.body());
            var stored = new ArrayList<Future<RecordMetadata>>();
            for (var event : page.get("data")) {
                var user = event.at("/attributes/user_id").asText();
                stored.add(kafka.send(new ProducerRecord<>(System.getenv("TOPIC"), user, event.toString())));
            }
            for (var each : stored) each.get(); // Throws if Kafka has not stored it.
            Files.writeString(place, next = page.at("/links/next").asText());
        }
    }
}
