package tv.roster.attacks;

import static tv.roster.testing.Json.json;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import tv.roster.contract.HostileRequests;

/// Traffic of all kinds that nobody should send, the same for the same seed. Documents are those of
/// [HostileRequests].
final class HostileTraffic {
    private static final String BASE = "/api/user/management/v4";
    private static final int MOST_PIPELINED = 12;
    private static final int MOST_SHOWN = 300;

    private static final int MOST_CHARACTERS = 60;

    /// How many of the first kinds are whole requests that may be cut anywhere.
    private static final int DOCUMENTS_AND_MUTATIONS = 5;

    /// Characters that have broken programs before.
    private static final List<String> ODD = List.of(
            "\0", "\u200B", "\u202E", "\uFEFF", "\uFFFF", "\u0301", "\u1160", "\u2028", "\uD800", "\uDFFF", "İ", "ß",
            "ﬁ", "'", "\"", "\\", "%", "_", "{", "}", "$", "\u0085", "\u00AD");

    private final Random random;
    private final Target target;
    private final HostileRequests documents;
    private final List<Supplier<Attack>> kinds = List.of(
            this::document,
            this::document,
            this::document,
            this::mutatedRequest,
            this::mutatedRequest,
            this::brokenHead,
            this::brokenChunks,
            this::strangeHeaders,
            this::strangePath,
            this::strangeCursor,
            this::strangeKey,
            this::form,
            this::hostileValue,
            this::hostileValue,
            this::pipeline,
            this::halfSent,
            this::reset,
            this::noise);

    /// What the traffic aims at.
    record Target(String key, String user, String profile, String cursor, String tenant) {}

    /// Bytes for one connection; `answers` are expected at the most, and one at the least. Where none is, the
    /// client resets the connection instead of waiting.
    record Attack(String kind, byte[] bytes, int answers) {
        /// Its beginning, for people.
        String shown() {
            return kind + ": " + new String(bytes, 0, Math.min(MOST_SHOWN, bytes.length), StandardCharsets.ISO_8859_1);
        }
    }

    HostileTraffic(long seed, Target target) {
        this.random = new Random(seed);
        this.target = target;
        this.documents = new HostileRequests(seed, target.key(), target.user(), target.profile());
    }

    Attack next() {
        return any(kinds).get();
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private Attack document() {
        return new Attack("document", documents.next(), 1);
    }

    private String get(String path, String more) {
        return "GET " + path + " HTTP/1.1\r\nHost: tv.example\r\nAuthorization: Apikey " + target.key() + "\r\n" + more
                + "\r\n";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /// A good request, some bytes of whose head were changed, lost, doubled or added.
    private Attack mutatedRequest() {
        var body = json("{'data':{'type':'User','attributes':{'name':'Anna'}}}");
        var good = random.nextBoolean()
                ? get(BASE + "/users/" + target.user(), "Accept: */*\r\nX-Request-Id: abc\r\n")
                : "POST " + BASE + "/users HTTP/1.1\r\nHost: tv.example\r\nAuthorization: Apikey " + target.key()
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        var bytes = bytes(good);
        for (int times = 1 + random.nextInt(5); times > 0; times--) {
            bytes = mutated(bytes);
        }
        return new Attack("mutated request", bytes, 3);
    }

    private byte[] mutated(byte[] bytes) {
        int at = random.nextInt(bytes.length);
        var out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        switch (random.nextInt(4)) {
            case 0 -> out.write(random.nextInt(256));
            case 1 -> out.write("\r\n\0\t :;%".charAt(random.nextInt(8)));
            case 2 -> {
                out.write(bytes[at]);
                out.write(bytes[at]);
            }
            default -> {
                // Lost.
            }
        }
        out.write(bytes, at + 1, bytes.length - at - 1);
        return out.size() == 0 ? bytes : out.toByteArray();
    }

    private Attack brokenHead() {
        var path = BASE + "/users";
        var head = any(List.of(
                "GET " + path + " HTTP/9.9\r\nHost: a\r\n\r\n",
                "GET " + path + " HTTP/1.0\r\n\r\n",
                "GET " + path + "\r\n\r\n",
                "GET  " + path + "  HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET " + path + " HTTP/1.1\r\n\r\n",
                "GET " + path + " HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET " + path + " HTTP/1.1\r\nHost: a/b\r\n\r\n",
                "GET " + path + " HTTP/1.1\nHost: a\n\n",
                "GET " + path + " HTTP/1.1\r\nHost: a\r\n folded: b\r\n\r\n",
                "GET " + path + " HTTP/1.1\r\nHost : a\r\n\r\n",
                "GET " + path + " HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n",
                "GET " + path + " HTTP/1.1\r\nHost: a\r\n: no name\r\n\r\n",
                "GET " + path + " HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n",
                "GET " + "/a".repeat(40_000) + " HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET " + path + " HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(20_000) + "\r\n\r\n",
                "GET " + path + " HTTP/1.1\r\nHost: a\r\n" + "A: b\r\n".repeat(3_000) + "\r\n",
                "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
                "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 5\r\n\r\nabcde",
                "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
                "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "POST " + path
                        + " HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST " + path + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\nshort",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET http://evil.example" + path + " HTTP/1.1\r\nHost: a\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
                "\r\n\r\nGET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n"));
        return new Attack("broken head", bytes(head), 3);
    }

    private Attack brokenChunks() {
        var chunks = any(List.of(
                "5\r\nabcde\r\n0\r\n\r\n",
                " 5\r\nabcde\r\n0\r\n\r\n",
                "5 6\r\nabcde\r\n0\r\n\r\n",
                "0x5\r\nabcde\r\n0\r\n\r\n",
                "-5\r\nabcde\r\n0\r\n\r\n",
                "FFFFFFFFFFFFFFFF\r\nabcde",
                "5\r\nabcdefgh\r\n0\r\n\r\n",
                "5\r\nabc",
                "5;" + "x".repeat(9_000) + "\r\nabcde\r\n0\r\n\r\n",
                "0\r\nTrailer: x\r\n\r\n",
                "1\r\na\r\n".repeat(2_000) + "0\r\n\r\n",
                ""));
        var head = "POST " + BASE + "/users HTTP/1.1\r\nHost: a\r\nAuthorization: Apikey " + target.key()
                + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
        return new Attack("broken chunks", bytes(head + chunks), 3);
    }

    private static final List<String> NAMES = List.of(
            "Accept",
            "Accept-Language",
            "Authorization",
            "Content-Encoding",
            "Content-Type",
            "Cookie",
            "Expect",
            "Forwarded",
            "Idempotency-Key",
            "If-Match",
            "If-Modified-Since",
            "If-None-Match",
            "Origin",
            "Range",
            "Upgrade",
            "X-Forwarded-For",
            "X-Forwarded-Proto",
            "X-HTTP-Method-Override",
            "X-Request-Id");

    private String strangeValue() {
        return any(List.of(
                "",
                "*",
                ",,,,",
                ";;;=\"",
                "\"",
                "W/\"1\"",
                "\"999999999999999999999\"",
                "for=\"[::1\"",
                "for=unknown;for=_x",
                "10.0.0.1, , 999.1.1.1",
                "bytes=0-18446744073709551615",
                "100-continue",
                "h2c",
                "Apikey",
                "Basic YTpi",
                "application/vnd.api+json; ext=\"x\"",
                "application/json; charset=utf-7",
                "en;q=9, *;q=-1",
                "../../etc/passwd",
                "${jndi:ldap://x}",
                "%00",
                "\u00ff\u00fe",
                "x".repeat(3_000)));
    }

    private Attack strangeHeaders() {
        var headers = new StringBuilder();
        for (int times = 1 + random.nextInt(5); times > 0; times--) {
            headers.append(any(NAMES)).append(": ").append(strangeValue()).append("\r\n");
        }
        var path = any(List.of("/users", "/users/" + target.user(), "/access", "/users?page[size]=1"));
        return new Attack("strange headers", bytes(get(BASE + path, headers.toString())), 2);
    }

    private Attack strangePath() {
        var part = any(List.of(
                "%00",
                "%",
                "%c0%ae%c0%ae",
                "..",
                "%2e%2e%2f",
                "//",
                ";a=b",
                "%ed%a0%80",
                "\u00e4",
                "'",
                "x".repeat(5_000),
                "00000000-0000-0000-0000-000000000000",
                target.user().toUpperCase(Locale.ROOT),
                target.user() + "0",
                target.user().replace('-', '_'),
                "{user_id}",
                "?#"));
        var path = any(List.of(
                BASE + "/users/" + part,
                BASE + "/users/by_external_id/" + part,
                BASE + "/user_profiles/" + part,
                BASE + "/" + part + "/users",
                "/" + part,
                "/errors/" + part,
                "/docs/" + part,
                "/pages/" + part,
                "/forgot/" + part,
                "/api/admin/v1/tenants/" + part,
                "/health/" + part));
        return new Attack("strange path", bytes(get(path, "")), 2);
    }

    private Attack strangeCursor() {
        var cursor = bytes(target.cursor());
        var changed = random.nextInt(3) == 0 ? cursor : mutated(cursor);
        var text = new String(changed, StandardCharsets.ISO_8859_1).replaceAll("[^!-~]", "%00");
        var more = any(List.of("", "&sort=name", "&sort=-created_time", "&filter[name]=an", "&page[before]=" + text));
        return new Attack("strange cursor", bytes(get(BASE + "/users?page[after]=" + text + more, "")), 2);
    }

    private Attack strangeKey() {
        var key = new String(mutated(bytes(target.key())), StandardCharsets.ISO_8859_1).replaceAll("[\r\n\0]", "x");
        var scheme = any(List.of("Apikey ", "apikey ", "Apikey", "Bearer ", "Apikey  ", ""));
        var request = "GET " + BASE + "/users HTTP/1.1\r\nHost: a\r\nAuthorization: " + scheme + key + "\r\n\r\n";
        return new Attack("strange key", bytes(request), 2);
    }

    private Attack form() {
        var path = any(List.of("/forgot/" + target.tenant(), "/forgot/nobody", "/activate", "/reset"));
        var body = any(List.of(
                "",
                "email=",
                "email=%",
                "email=%00%ff",
                "email=a%40b&email=c%40d",
                "email=" + "x".repeat(20_000) + "%40example.com",
                "token=../..&password=short&password=other",
                "token=" + "A".repeat(43) + "&password=%ed%a0%80" + "a".repeat(20),
                "password=" + "%F0%9F%98%80".repeat(400) + "&token=x",
                "&&&&====&&&",
                "a=b&".repeat(4_000),
                "<script>alert(1)</script>"));
        var type = any(List.of(
                "application/x-www-form-urlencoded",
                "application/x-www-form-urlencoded; charset=utf-16",
                "multipart/form-data; boundary=x",
                "text/plain",
                "application/json"));
        var head = "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Type: " + type + "\r\nContent-Length: "
                + body.length() + "\r\n\r\n";
        return new Attack("form", bytes(head + body), 2);
    }

    private Attack pipeline() {
        int number = 2 + random.nextInt(MOST_PIPELINED - 1);
        var all = new StringBuilder();
        for (int at = 0; at < number; at++) {
            all.append(any(List.of(
                    get(BASE + "/users/" + target.user(), ""),
                    get(BASE + "/users?page[size]=2", ""),
                    get("/nothing", ""),
                    get(BASE + "/users?sort=x", ""))));
        }
        return new Attack("pipeline", bytes(all.toString()), number);
    }

    private Attack noise() {
        var noise = new byte[1 + random.nextInt(3_000)];
        random.nextBytes(noise);
        // Empty lines before a request mean nothing (RFC 9112, section 2.2), and are not answered.
        noise[0] = 'G';
        return new Attack("noise", noise, 3);
    }

    /// A request that stops somewhere, never at its end.
    private Attack halfSent() {
        var whole = any(kinds.subList(0, DOCUMENTS_AND_MUTATIONS)).get().bytes();
        return new Attack("half sent", Arrays.copyOf(whole, 1 + random.nextInt(whole.length - 1)), 3);
    }

    private Attack reset() {
        var whole = any(kinds.subList(0, DOCUMENTS_AND_MUTATIONS)).get().bytes();
        int length = random.nextBoolean() ? whole.length : 1 + random.nextInt(whole.length - 1);
        return new Attack("reset", Arrays.copyOf(whole, length), 0);
    }

    /// Any character of Unicode, the odd ones more often.
    private String text() {
        var text = new StringBuilder();
        for (int left = random.nextInt(MOST_CHARACTERS); left > 0; left--) {
            text.append(
                    switch (random.nextInt(6)) {
                        case 0 -> Character.toString(random.nextInt(0x80));
                        case 1 -> any(ODD);
                        case 2 -> Character.toString(0x1F300 + random.nextInt(0x300));
                        case 3 -> Character.toString(random.nextInt(Character.MAX_CODE_POINT));
                        default -> Character.toString('a' + random.nextInt(26));
                    });
        }
        return text.toString();
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.chars().forEach(unit -> quoted.append(String.format(Locale.ROOT, "\\u%04x", unit)));
        return quoted.append('"').toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// A call in the right form whose values are strange.
    private Attack hostileValue() {
        var attributes = "{"
                + any(List.of(
                        "'name':" + quoted("x" + text()),
                        "'external_id':" + quoted(text()),
                        "'contact_details':{'email':" + quoted(text() + "@" + text() + ".example") + "}",
                        "'contact_details':{'telephone_number_E123':"
                                + quoted("+" + random.nextLong(Long.MAX_VALUE) + any(List.of("", " ", "٣", "-")))
                                + "}"))
                + "}";
        var request = any(List.of(
                get(BASE + "/users?filter[name]=" + encoded(text()), ""),
                get(BASE + "/users?filter[email]=" + encoded(text() + "," + text()), ""),
                get(BASE + "/users/by_external_id/" + encoded(text()), ""),
                get(BASE + "/users?page[size]=1&sort=" + encoded(text()), ""),
                send("POST", "/users", user("", attributes)),
                send("PUT", "/users/by_external_id/" + encoded(text()), user("", attributes)),
                send("PATCH", "/users/" + target.user(), user("'id':'" + target.user() + "',", attributes)),
                send("POST", "/credential_checks", check())));
        return new Attack("hostile value", bytes(request), 1);
    }

    private static String user(String id, String attributes) {
        return json("{'data':{'type':'User'," + id + "'attributes':" + attributes + "}}");
    }

    private String check() {
        return json("{'data':{'type':'CredentialCheck','attributes':{'external_id':" + quoted(text()) + ",'password':"
                + quoted(text()) + "}}}");
    }

    private String send(String method, String path, String body) {
        return method + " " + BASE + path + " HTTP/1.1\r\nHost: a\r\nAuthorization: Apikey " + target.key()
                + "\r\nContent-Type: application/vnd.api+json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }
}
