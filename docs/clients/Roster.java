import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.*;

/// Creates or updates a subscriber and prints the first page of all: java Roster.java
void main() throws Exception {
    var users = System.getenv("ROSTER_URL") + "/api/user/management/v4/users";
    var request = HttpRequest.newBuilder()
            .header("Authorization", "Apikey " + System.getenv("KEY"))
            .header("Content-Type", "application/vnd.api+json");
    var anna = "{\"data\": {\"type\": \"User\", \"attributes\": {\"name\": \"Anna Virtanen\"}}}";
    try (var http = HttpClient.newHttpClient()) {
        var put = request.copy().uri(URI.create(users + "/by_external_id/10023")).PUT(BodyPublishers.ofString(anna)).build();
        IO.println(http.send(put, BodyHandlers.ofString()).statusCode());
        var list = request.copy().uri(URI.create(users + "?page%5Bsize%5D=1000")).build();
        IO.println(http.send(list, BodyHandlers.ofString()).body());
    }
}
