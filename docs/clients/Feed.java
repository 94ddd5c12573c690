import java.net.http.*;
import java.net.http.HttpResponse.BodyHandlers;

/// Prints the tenant's events as they happen, one page a line; feed.next keeps the place: java Feed.java
void main() throws Exception {
    var place = Path.of("feed.next");
    var next = System.getenv("ROSTER_URL") + "/api/user/management/v4/events?page%5Bsize%5D=1000&wait=30";
    if (Files.exists(place)) next = Files.readString(place);
    try (var http = HttpClient.newHttpClient()) {
        while (true) {
            var request = HttpRequest.newBuilder(URI.create(next)).header("Authorization", "Apikey " + System.getenv("KEY"));
            var page = http.send(request.build(), BodyHandlers.ofString());
            if (page.statusCode() != 200) throw new IOException(page.statusCode() + " " + page.body());
            IO.println(page.body());
            var link = Pattern.compile("\"next\":\"([^\"]+)\"").matcher(page.body());
            if (link.find()) Files.writeString(place, next = link.group(1));
        }
    }
}
