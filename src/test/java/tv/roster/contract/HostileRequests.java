package tv.roster.contract;

import static tv.roster.testing.Json.json;
import static tv.roster.testing.Json.quoted;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/// Makes requests that nobody should send, the same ones for the same seed.
public final class HostileRequests {
    private static final String BASE = "/api/user/management/v4";

    private final Random random;
    private final String key;
    private final String user;
    private final String profile;
    private final List<Supplier<byte[]>> bodies = List.of(
            this::mutated,
            this::mutated,
            this::mutated,
            this::wrongTypes,
            this::wrongTypes,
            this::wrongEncoding,
            this::noise,
            () -> bytes("[".repeat(100_000)),
            () -> bytes(json("{'data':").repeat(100_000)),
            () -> bytes(document("{'name':" + "[".repeat(400) + "]".repeat(400) + "}")),
            () -> bytes(document("{'name':1e999999999}")),
            () -> bytes(document("{'name':" + "9".repeat(10_000) + "}")),
            () -> bytes(document("{'registration_information':{'registration_time':" + "9".repeat(900) + "}}")),
            () -> bytes(document("{'registration_information':{'registration_time':-1e-400}}")),
            () -> bytes(document("{'name':'" + "\\u0000".repeat(50) + "'}")),
            () -> bytes(document("{'name':'" + "x".repeat(900_000) + "'}")),
            () -> bytes(document("{'" + "x".repeat(60_000) + "':1}")),
            () -> bytes(document("{'user_flags':[" + "'GOLD',".repeat(50_000) + "'GOLD']}")),
            () -> bytes(document("{" + members(20_000) + "'a':1}")),
            () -> bytes(document("{'a':1,'a':1}")),
            () -> bytes("\uFEFF" + document("{}")),
            () -> bytes(document("{}") + "garbage"),
            () -> new byte[(1 << 20) + 1]);

    /// Most are aimed at this user and this profile.
    public HostileRequests(long seed, String key, String user, String profile) {
        this.random = new Random(seed);
        this.key = key;
        this.user = user;
        this.profile = profile;
    }

    /// The bytes of the next one.
    public byte[] next() {
        var method = any(List.of("POST", "POST", "PATCH", "PATCH", "PUT", "GET", "DELETE", "BREW"));
        // Its user stays.
        var target = method.equals("DELETE") ? "/users/nobody?" + query() : target();
        return request(
                method, target, method.equals("GET") ? new byte[0] : any(bodies).get());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String members(int count) {
        var members = new StringBuilder();
        for (int at = 0; at < count; at++) {
            members.append("'m").append(at).append("':null,");
        }
        return members.toString();
    }

    private String document(String attributes) {
        return json("{'data':{'type':'User','id':'" + user + "','attributes':" + attributes + "}}");
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private String valid() {
        return document("""
                {"name":"Anna Virtanen","user_flags":["GOLD"],"external_id":"cid-7",
                 "contact_details":{"email":"anna@example.com","telephone_number_E123":"+358 40 123 4567"},
                 "registration_information":{"registration_state":"REGISTERED","registration_time":null}}""");
    }

    /// A good document with some bytes changed, lost, doubled or moved.
    private byte[] mutated() {
        var body = bytes(valid());
        for (int times = 1 + random.nextInt(4); times > 0; times--) {
            int at = random.nextInt(body.length);
            switch (random.nextInt(4)) {
                case 0 -> body[at] = (byte) random.nextInt(256);
                case 1 -> body = bytes(new String(body, 0, at, StandardCharsets.UTF_8));
                case 2 -> body[at] = body[random.nextInt(body.length)];
                default -> body[at] = (byte) "\"{}[],:\\/0\u0000".charAt(random.nextInt(11));
            }
            if (body.length == 0) {
                return body;
            }
        }
        return body;
    }

    private static final List<String> VALUES = """
            null
            true
            false
            0
            -1
            1.5
            1e308
            1e999
            9223372036854775808
            ""
            " "
            []
            [null]
            [[]]
            {}
            {"a":1}
            "\\u0000"
            "\\ud800"
            "\u202E"
            "'; drop table x; --"
            "%s%n"
            "${jndi:ldap://x}"
            "../../etc/passwd"
            "<script>"
            "+358"
            "@"
            "a@b"
            """.lines().toList();

    /// A document whose members have values of every type but the right one.
    private byte[] wrongTypes() {
        var members = new StringBuilder();
        for (var name : List.of("name", "user_flags", "external_id", "contact_details", "registration_information")) {
            if (random.nextBoolean()) {
                members.append(quoted(name)).append(':').append(any(VALUES)).append(',');
            }
        }
        var text = document("{" + members + "'@':0}");
        return bytes(
                switch (random.nextInt(4)) {
                    case 0 -> text.replace(quoted("User"), any(VALUES));
                    case 1 -> text.replace(quoted(user), any(VALUES));
                    case 2 -> json("{'data':" + any(VALUES) + ",'meta':" + any(VALUES) + "}");
                    default -> text;
                });
    }

    private byte[] wrongEncoding() {
        var charset = any(List.of("UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "ISO-8859-1", "IBM037", "UTF-7"));
        return Charset.isSupported(charset)
                ? valid().replace("Anna", "Ännä").getBytes(Charset.forName(charset))
                : bytes("+AHs-");
    }

    private byte[] noise() {
        var noise = new byte[random.nextInt(5_000)];
        random.nextBytes(noise);
        return noise;
    }

    private String target() {
        var id = any(List.of(user, "0198c0de-0000-7000-8000-000000000000", "%00", "nobody", "%27%3B--"));
        var path = any(List.of(
                "/users",
                "/users/" + id,
                "/users/by_external_id/" + id,
                "/users/" + id + "/relationships/default_user_profile",
                "/users/" + id + "/default_user_profile",
                "/users/" + id + "/user_profiles",
                "/user_profiles/" + id,
                "/user_profiles/" + profile,
                "/" + id));
        return random.nextInt(3) == 0 ? path + "?" + query() : path;
    }

    private String query() {
        var query = new StringBuilder();
        for (int times = random.nextInt(4); times >= 0; times--) {
            query.append(any(List.of(
                            "filter[id]",
                            "filter[name]",
                            "filter[email]",
                            "filter[created_since]",
                            "sort",
                            "filter[user_flags]",
                            "filter[telephone_number]",
                            "filter[external_id]",
                            "include",
                            "page",
                            "filter[registration_state]",
                            "page[size]",
                            "page[after]",
                            "page[before]",
                            "page[total]",
                            "fields[User]",
                            "fields[UserProfile]",
                            "filter[]",
                            "[",
                            "%5B%5D",
                            "%00",
                            "%",
                            "",
                            "a")))
                    .append(any(List.of("=", "=", "=", "", "==")))
                    .append(any(List.of(
                            "",
                            "1",
                            "-1",
                            "0",
                            "true",
                            "%00",
                            "%ff",
                            "%",
                            "%u0041",
                            "\\,",
                            "\\",
                            ",,,",
                            "a,b",
                            "\u00ff",
                            "'",
                            "%27%20or%201=1",
                            "99999999999999999999",
                            "-name",
                            "--name",
                            "name,email",
                            "x".repeat(5_000),
                            "%25",
                            "%5C",
                            "_",
                            "*",
                            "1e9",
                            "AAAA",
                            "user_profiles",
                            user)))
                    .append('&');
        }
        return query.toString();
    }

    private byte[] request(String method, String target, byte[] body) {
        var type = any(List.of("application/json", "application/json", "application/vnd.api+json", "text/plain"));
        var head = method + " " + BASE + target + " HTTP/1.1\r\nHost: tv.example\r\nAuthorization: Apikey " + key
                + "\r\nContent-Type: " + type + "\r\n"
                + any(List.of(
                        "",
                        "",
                        "",
                        "If-Match: x\r\n",
                        "Idempotency-Key: k" + random.nextInt(5) + "\r\n",
                        "Accept: \"\r\n",
                        "If-None-Match: ,,\r\n",
                        "X-Request-Id: " + "x".repeat(500) + "\r\n",
                        "Accept: ;;;=,,,q=\"\r\n"))
                + "Content-Length: " + body.length + "\r\n\r\n";
        var start = head.getBytes(StandardCharsets.ISO_8859_1);
        var whole = Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, whole, start.length, body.length);
        return whole;
    }
}
