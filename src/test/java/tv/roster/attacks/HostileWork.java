package tv.roster.attacks;

import static tv.roster.testing.Json.json;
import static tv.roster.testing.Response.etag;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Requests as large as the server takes them, each made to cost as much as it can in one place.
final class HostileWork {
    static final int BODY = 1 << 20;
    static final int LINE = 60_000;
    static final int HEADER = 15_000;

    private final Map<String, byte[]> requests = new LinkedHashMap<>();
    private final String key;
    private final String user;

    /// The calls are those of a BSS with this key, about this user.
    HostileWork(String key, String user) {
        this.key = key;
        this.user = user;
        bodies();
        texts();
        queries();
        headers();
        pages();
    }

    Map<String, byte[]> requests() {
        return requests;
    }

    /// As many parts as fit into so many characters, with commas between them.
    private static String fill(int length, IntFunction<String> part) {
        var filled = new StringBuilder(length + 1000);
        for (int at = 0; ; at++) {
            var next = part.apply(at);
            if (filled.length() + next.length() + 1 > length) {
                return filled.toString();
            }
            filled.append(at == 0 ? "" : ",").append(next);
        }
    }

    private static String fill(String part) {
        return fill(BODY - 500, at -> part);
    }

    private static String utf8(String part, int bytes) {
        return part.repeat(bytes / part.getBytes(StandardCharsets.UTF_8).length);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private void add(String name, String start, String headers, String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var head = (start + " HTTP/1.1\r\nHost: tv.example\r\nAuthorization: Apikey " + key + "\r\n" + headers
                        + (bytes.length == 0 ? "" : "Content-Length: " + bytes.length + "\r\n") + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        var whole = Arrays.copyOf(head, head.length + bytes.length);
        System.arraycopy(bytes, 0, whole, head.length, bytes.length);
        requests.put(name, whole);
    }

    private void post(String name, String path, String body) {
        add(name, "POST /api/user/management/v4" + path, "Content-Type: application/json\r\n", json(body));
    }

    private void user(String name, String attributes) {
        post(name, "/users", "{'data':{'type':'User','attributes':{" + attributes + "}}}");
    }

    private void document(String name, String member) {
        post(name, "/users", "{'data':{'type':'User'}," + member + "}");
    }

    /// Bodies of a megabyte, by their structure.
    private void bodies() {
        user("wrong flags", "'user_flags':[" + fill("'F'") + "]");
        user("flags that are numbers", "'user_flags':[" + fill("1") + "]");
        user("flags that are arrays", "'user_flags':[" + fill("[]") + "]");
        document("empty objects", "'links':[" + fill("{}") + "]");
        document("empty arrays", "'included':[" + fill("[]") + "]");
        document("small objects", "'included':[" + fill("{'a':0}") + "]");
        document("arrays in arrays", "'included':" + "[".repeat(BODY / 2 - 100) + "]".repeat(BODY / 2 - 100));
        document("objects in objects", "'included':" + "{'a':".repeat(BODY / 6));
        document("arrays as deep as may be, many", "'included':[" + fill("[".repeat(400) + "]".repeat(400)) + "]");
        document("huge exponents", "'included':[" + fill("1e999999999") + "]");
        document("tiny exponents", "'included':[" + fill("1e-999999999") + "]");
        document("one number of a million digits", "'included':" + "9".repeat(BODY - 500));
        document("whole numbers of 999 digits", "'included':[" + fill("9".repeat(999)) + "]");
        document("fractions of 990 digits", "'included':[" + fill("0." + "7".repeat(990) + "e-300") + "]");
        document(
                "near halves",
                "'included':["
                        + fill("1.00000000000000011102230246251565404236316680908203125" + "0".repeat(900) + "1")
                        + "]");
        user("unknown members", fill(BODY - 500, at -> "'m" + at + "':0"));
        user("unknown members like known ones", fill(BODY - 500, at -> "'external_ie" + at + "':0"));
        user("members with one hash", fill(BODY - 500, at -> "'" + sameHash(at, 20) + "':0"));
        user("long names of members", fill(BODY - 500, at -> "'" + at + "~/".repeat(20_000) + "':0"));
        document("one string of escapes", "'included':'" + "\\u0041".repeat(BODY / 6 - 100) + "'");
        document("strings", "'included':[" + fill("''") + "]");
        document("white space", "'included':[" + " ".repeat(BODY - 500) + "]");
        user(
                "linkage of many profiles",
                "'name':'a'},'relationships':{'user_profiles':{'data':[" + fill("{'type':'UserProfile','id':'a'}")
                        + "]}");
        user(
                "linkage with long ids",
                "'name':'a'},'relationships':{'user_profiles':{'data':["
                        + IntStream.range(0, 20)
                                .mapToObj(at -> "{'type':'UserProfile','id':'" + "a".repeat(50_000) + "'}")
                                .collect(Collectors.joining(","))
                        + "]}");
    }

    /// Different texts with the same `String.hashCode`.
    private static String sameHash(int number, int length) {
        var text = new StringBuilder();
        for (int bit = 0; bit < length; bit++) {
            text.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return text.toString();
    }

    /// Members with texts of a megabyte, and with the dearest ones of the length they may have.
    private void texts() {
        for (var text : List.of("a", "\u0301", "\uFDFA", "@", ".", "1", "xn--", "😀")) {
            var megabyte = "'" + utf8(text, BODY - 500) + "'";
            user("name of " + text, "'name':" + megabyte);
            user("external id of " + text, "'external_id':" + megabyte);
            user("address of " + text, "'contact_details':{'email':" + megabyte + "}");
            user("domain of " + text, "'contact_details':{'email':'a@" + utf8(text, BODY - 500) + ".de'}");
            user("telephone number of " + text, "'contact_details':{'telephone_number_E123':" + megabyte + "}");
            user("flag of " + text, "'user_flags':[" + megabyte + "]");
            user("state of " + text, "'registration_information':{'registration_state':" + megabyte + "}");
            post(
                    "password of " + text,
                    "/users",
                    "{'data':{'type':'User','meta':{'security':{'user_password':" + megabyte + "}}}}");
            post(
                    "login of " + text,
                    "/credential_checks",
                    "{'data':{'type':'CredentialCheck','attributes':{'password':'x','email':" + megabyte + "}}}");
            post(
                    "login by external id of " + text,
                    "/credential_checks",
                    "{'data':{'type':'CredentialCheck','attributes':{'password':'x','external_id':" + megabyte + "}}}");
            post(
                    "profile of " + text,
                    "/users/" + user + "/user_profiles",
                    "{'data':{'type':'UserProfile','attributes':{'name':" + megabyte + "}}}");
        }
        var marks = IntStream.range(0, 250)
                .mapToObj(at -> at % 2 == 0 ? "\u0301" : "\u0327")
                .collect(Collectors.joining());
        user("the longest name, of marks", "'name':'a" + marks + "'");
        user("the longest name, of ligatures", "'name':'" + "\uFDFA".repeat(256) + "'");
        user(
                "the longest password, of marks",
                "'name':'a'},'meta':{'security':{'user_password':'" + marks.repeat(8) + "'}");
        user(
                "the longest address",
                "'contact_details':{'email':'" + "ü".repeat(32) + "@" + "例".repeat(30) + "." + "ü\u0301".repeat(80)
                        + ".de'}");
        user(
                "the longest A-labels",
                "'contact_details':{'email':'a@" + ("xn--" + "99zzzzzzzz".repeat(5) + "99.").repeat(4) + "de'}");
    }

    private void get(String name, String query) {
        add(name, "GET /api/user/management/v4/users?" + query, "", "");
    }

    /// Request lines of 60 kB.
    private void queries() {
        get("parameters without names", "&".repeat(LINE));
        get("parameters", fill(LINE, at -> "p" + at + "=").replace(',', '&'));
        get("parameters with one hash", fill(LINE, at -> sameHash(at, 12) + "=").replace(',', '&'));
        for (var filter : List.of(
                "id",
                "external_id",
                "email",
                "telephone_number",
                "registration_state",
                "user_flags",
                "name",
                "created_since")) {
            get("commas in " + filter, "filter[" + filter + "]=" + ",".repeat(LINE));
            get("backslashes in " + filter, "filter[" + filter + "]=" + "\\".repeat(LINE));
            get("one long value of " + filter, "filter[" + filter + "]=" + "1".repeat(LINE));
            get("one long international value of " + filter, "filter[" + filter + "]=" + encoded("é".repeat(LINE / 6)));
            get(
                    "one long value of marks of " + filter,
                    "filter[" + filter + "]=" + encoded("\u0301\u0327".repeat(LINE / 12)));
            get(
                    "100 values of " + filter,
                    "filter[" + filter + "]=" + String.join(",", Collections.nCopies(100, encoded("é".repeat(90)))));
        }
        get(
                "100 international addresses",
                "filter[email]=" + String.join(",", Collections.nCopies(100, "a@" + encoded("例.".repeat(50)) + "de")));
        get("100 A-labels", "filter[email]=" + String.join(",", Collections.nCopies(100, "a@xn--" + "9z".repeat(250))));
        get("one long domain", "filter[email]=a@" + encoded("例".repeat(LINE / 9)));
        get(
                "names of ligatures",
                "filter[name]=" + String.join(",", Collections.nCopies(26, encoded("\uFDFA".repeat(256)))));
        get(
                "names of marks",
                "filter[name]="
                        + String.join(",", Collections.nCopies(38, encoded("\u0301\u0327".repeat(125)) + "ab")));
        get("fields", "fields[User]=" + fill(LINE, at -> "name"));
        get("unknown fields", "fields[User]=" + fill(LINE, at -> "nam" + at));
        get("included paths", "include=" + fill(LINE, at -> "user_profiles"));
        get("unknown included paths", "include=" + fill(LINE, at -> "u" + at));
        get("a long sort", "sort=" + "-".repeat(LINE));
        get("a long page size", "page[size]=" + "9".repeat(LINE));
        get("a long cursor", "page[after]=" + "A".repeat(LINE));
        get("escapes", "filter[external_id]=" + "%41".repeat(LINE / 3));
        get("pluses", "filter[external_id]=" + "+".repeat(LINE));
        add("a long path", "GET /api/user/management/v4/users/by_external_id/" + "a".repeat(LINE), "", "");
        add(
                "an encoded path",
                "GET /api/user/management/v4/users/by_external_id/" + "%E3%80%80".repeat(LINE / 9),
                "",
                "");
        add("a path of slashes", "GET /api/user/management/v4" + "/".repeat(LINE), "", "");
        add("a path of segments", "GET /api/user/management/v4" + "/users".repeat(LINE / 6), "", "");
    }

    private void header(String name, String header) {
        if (!name.startsWith("If-Match") && !name.startsWith("Idempotency")) {
            add(name, "GET /api/user/management/v4/users/" + user, header + "\r\n", "");
            return;
        }
        add(
                name,
                "PATCH /api/user/management/v4/users/" + user,
                "Content-Type: application/json\r\n" + header + "\r\n",
                json("{'data':{'type':'User','id':'" + user + "','attributes':{'name':'a'}}}"));
    }

    /// Headers of 15 kB.
    private void headers() {
        for (var name : List.of(
                "Accept",
                "If-Match",
                "If-None-Match",
                "Accept-Language",
                "Forwarded",
                "X-Forwarded-For",
                "X-Request-Id",
                "Idempotency-Key",
                "Connection",
                "Content-Encoding")) {
            for (var text : List.of(
                    ",",
                    "a,",
                    ";",
                    "a;",
                    "\"",
                    "\"a\",",
                    "\"\",",
                    "W/\"\",",
                    " ",
                    "\t",
                    "\" ",
                    "=",
                    "q=",
                    "*",
                    "*/*,",
                    "a/b;q=0.5,",
                    "for=_a,",
                    "for=\"",
                    "\\",
                    "-",
                    "en-",
                    "1.1.1.1,",
                    ":",
                    "9",
                    "en,")) {
                var value = text.repeat(HEADER / text.length());
                header(name + " of " + text, name + ": a" + value + "x");
                if (text.isBlank()) {
                    header(name + " of tags and " + text, name + ": \"a\"," + value + "x");
                    header(name + " of a weak tag and " + text, name + ": W/\"a\"" + value + "x");
                }
            }
        }
        header("a long weight", "Accept: application/json;q=0." + "0".repeat(HEADER) + "1");
        header("a long exponent", "Accept: application/json;q=1e-" + "9".repeat(HEADER));
        header(
                "a weight near a half",
                "Accept: application/json;q=1.00000000000000011102230246251565404236316680908203125"
                        + "0".repeat(HEADER - 100) + "1");
        header(
                "many headers",
                IntStream.range(0, 1500).mapToObj(at -> "a" + at + ": b").collect(Collectors.joining("\r\n")));
        header("one header many times", String.join("\r\n", Collections.nCopies(1000, "Accept: */*")));
        header("lines of tags", String.join("\r\n", Collections.nCopies(700, "If-None-Match: " + etag(1))));
        header("lines of Forwarded", String.join("\r\n", Collections.nCopies(700, "Forwarded: for=_a")));
        add(
                "a long content type",
                "POST /api/user/management/v4/users",
                "Content-Type: application/json;" + "a=b;".repeat(HEADER / 4) + "\r\n",
                "{}");
        add(
                "a content type of quotes",
                "POST /api/user/management/v4/users",
                "Content-Type: application/json;" + "\"".repeat(HEADER) + "\r\n",
                "{}");
    }

    /// Pages of subscribers, which need no key.
    private void pages() {
        var form = "Content-Type: application/x-www-form-urlencoded\r\n";
        for (var text : List.of("a", "%41", "&", "a&", "=", "+", "%CC%81", "@", "\"", "%E4%BE%8B")) {
            var long16k = text.repeat(16_000 / text.length());
            add("a form of " + text, "POST /forgot/demo", form, long16k);
            add(
                    "an address of " + text + " at /forgot",
                    "POST /forgot/demo",
                    form,
                    "email=" + long16k.replace('&', 'a'));
            add("a password of " + text, "POST /activate", form, "token=x&password=" + long16k.replace('&', 'a'));
            add("a page with a query of " + text, "GET /activate?token=" + text.repeat(LINE / text.length()), "", "");
        }
        for (var text : List.of(
                "en,", "en-US,", "*,", "en;q=0.1,", "zh-Hant-TW-x-a,", "i-klingon,", "sgn-BE-FR,", "no,", "a-")) {
            add(
                    "languages " + text,
                    "GET /forgot/demo",
                    "Accept-Language: " + text.repeat(490 / text.length()) + "fi\r\n",
                    "");
        }
    }
}
