package tv.roster.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tv.roster.TestServer;
import tv.roster.calls.Admin;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.testing.Alike;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ApiDescription;
import tv.roster.testing.Response;

/// `docs/errors.md` has each code, and its examples are what a real server answers. With the variable
/// `RECORD_EXAMPLES` set, it writes the answers into the file.
class ErrorGuideTest {
    private static final Path GUIDE = Path.of("docs", "errors.md");
    private static final Pattern EXAMPLE =
            Pattern.compile("(?s)```http\\n(?<request>.*?)\\n```.*?```json\\n(?<answer>.*?)\\n```");
    private static final String ANNA = "0198a2b4-1c6f-7a54-8d0e-93c1f2f5a6de";
    private static final String ANNAS_PROFILE = "0198a2b4-1c70-7e21-9f3b-2d6f60f0a77b";
    private static final String TENANT = "0198a2b0-55aa-7cc1-b1de-6a0f0d4c7e10";
    private static final String KEY = "0198a2b0-77f1-7c02-a8f1-0d8e5f6a9b32";
    private static final String IMPORT = "0198a2b1-3d1e-7f8a-9c2d-5b7e1f3a8c46";
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /// What no single request brings about: its example is written by hand, and only its form is checked.
    private static final Set<String> NOT_BROUGHT_ABOUT = Set.of(
            "cursor_expired",
            "ip_not_allowed",
            "rate_limited",
            "request_timeout",
            "idempotency_in_progress",
            "header_too_large",
            "internal",
            "outcome_unknown",
            "too_expensive",
            "unavailable");

    private static final TestServer SERVER =
            new TestServer(Map.of("ROSTER_PUBLIC_URL", "https://roster.example"), InstantSource.system());

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void everyCodeHasASectionAndEverySectionACode() {
        var codes = Arrays.stream(ErrorCode.values()).map(ErrorCode::code).collect(Collectors.toSet());
        ApiDescription.kept()
                .tree()
                .at("/components/schemas/ErrorCode/x-coming")
                .forEach(coming -> codes.add(coming.asString()));
        assertThat(ErrorGuide.sections().keySet()).containsExactlyInAnyOrderElementsOf(codes);
    }

    @ParameterizedTest
    @EnumSource
    void sectionSaysWhatToDoAndShowsARealAnswer(ErrorCode code) throws IOException {
        var section = ErrorGuide.sections().get(code.code());
        assertThat(section).contains("**What to do:** " + code.remedy());
        var example = EXAMPLE.matcher(section);
        assertThat(example.find()).as("an example").isTrue();
        if (NOT_BROUGHT_ABOUT.contains(code.code())) {
            checkForm(code, JSON.readTree(example.group("answer")));
            return;
        }
        var real = answerTo(code, example.group("request"));
        assertThat(real.status()).as(real.text()).isEqualTo(code.status());
        if (System.getenv("RECORD_EXAMPLES") != null) {
            record(code, real);
        } else {
            assertThat(Alike.documents(JSON.readTree(example.group("answer")), real.body()))
                    .as("The guide shows\n%s\nbut the answer is\n%s", example.group("answer"), real.text())
                    .isTrue();
        }
    }

    private static void checkForm(ErrorCode code, JsonNode example) {
        assertThat(ApiDescription.kept().faults("/components/schemas/ErrorDocument", example, false))
                .isEmpty();
        assertThat(example.at("/errors/0/code").asString()).isEqualTo(code.code());
        assertThat(example.at("/errors/0/status").asString()).isEqualTo(Integer.toString(code.status()));
        assertThat(example.at("/errors/0/title").asString()).isEqualTo(code.title());
    }

    private static Response answerTo(ErrorCode code, String request) {
        var bss = code == ErrorCode.INSUFFICIENT_SCOPE
                ? SERVER.newKey(SERVER.addTenant(), "users:read")
                : SERVER.newKey(
                        SERVER.addTenant("STAFF"),
                        "users:read",
                        "users:write",
                        "credentials:verify",
                        "bulk",
                        "webhooks");
        if (code != ErrorCode.INSUFFICIENT_SCOPE) {
            request = prepared(code, bss, request);
        }
        var head = request.split("\n\n", 2);
        var lines = head[0].lines().toArray(String[]::new);
        var target = lines[0].split(" ", 2);
        var builder = HttpRequest.newBuilder(URI.create(SERVER.url() + encoded(filled(target[1]))))
                .method(
                        target[0],
                        head.length == 1 ? BodyPublishers.noBody() : BodyPublishers.ofString(filled(head[1])))
                .header("X-Request-Id", "order-4711");
        for (int at = 1; at < lines.length; at++) {
            var header = lines[at].split(": ", 2);
            builder.setHeader(header[0], filled(header[1]));
        }
        if (!request.contains("\nAuthorization: ")) {
            var admin = target[1].startsWith(Admin.BASE);
            builder.header("Authorization", "Apikey " + (admin ? SERVER.adminKey() : bss.key()));
        }
        return ApiClient.send(builder.build());
    }

    /// Makes Anna, and whatever else the example needs; the ids of the guide become hers.
    private static String prepared(ErrorCode code, ApiClient bss, String request) {
        var anna = bss.createUser(
                "'name':'Anna Virtanen','external_id':'10023'," + "'contact_details':{'email':'anna@example.com'}");
        var profiles = "/users/" + anna.id() + "/user_profiles";
        int more = code == ErrorCode.PROFILE_LIMIT ? 19 : 1;
        for (int at = 0; at < more; at++) {
            var name = at == 0 ? "Leo" : "Leo " + at;
            bss.post(profiles, "{'data':{'type':'UserProfile','attributes':{'name':'" + name + "'}}}");
        }
        bss.post("/users", ApiClient.user("{}"), "Idempotency-Key", "order-4712");
        var access = bss.get("/access");
        var key = (code == ErrorCode.LAST_ADMIN_KEY ? SERVER.admin().get("/access") : access).id();
        bringAbout(code, bss, anna.id(), key);
        return request.replace(ANNA, anna.id())
                .replace(ANNAS_PROFILE, anna.textAt("/data/relationships/default_user_profile/data/id"))
                .replace(TENANT, access.textAt("/data/attributes/tenant/id"))
                .replace(KEY, key);
    }

    /// What has to be so for one code alone.
    private static void bringAbout(ErrorCode code, ApiClient bss, String anna, String key) {
        switch (code) {
            case ALREADY_REGISTERED ->
                bss.patchUser(anna, "'registration_information':{'registration_state':'REGISTERED'}");
            case NO_EMAIL -> bss.patchUser(anna, "'contact_details':{'email':null}");
            case FLAG_IN_USE -> bss.patchUser(anna, "'user_flags':['STAFF']");
            case SLUG_TAKEN ->
                SERVER.admin()
                        .post("/tenants", "{'data':{'type':'Tenant','attributes':{'slug':'north','name':'North'}}}");
            case ROTATION_PENDING ->
                SERVER.admin().post("/installation/secret_rotations", "{'data':{'type':'InstallationSecretRotation'}}");
            case IMPORT_FINISHED -> addImports(bss, "COMPLETED", 1);
            case IMPORT_RUNNING -> addImports(bss, "RUNNING", 1);
            case IMPORT_LIMIT -> addImports(bss, "QUEUED", 100);
            case ENDPOINT_LIMIT -> {
                for (int at = 0; at < 16; at++) {
                    bss.post(
                            "/webhook_endpoints",
                            "{'data':{'type':'WebhookEndpoint','attributes':{'url':'https://crm.example/'}}}");
                }
            }
            case KEY_REVOKED -> SERVER.admin().delete("/api_keys/" + key);
            default -> {}
        }
    }

    /// Imports that no node works on.
    private static void addImports(ApiClient bss, String status, int number) {
        SERVER.execute(
                "insert into import (tenant_id, id, status, mode, dry_run, format, created_time, lease_until)"
                        + " select ?, case when n = 1 then ?::uuid else gen_random_uuid() end, ?, 'UPSERT', false,"
                        + " 'ndjson', 0, 9000000000000 from generate_series(1, ?) n",
                UUID.fromString(bss.get("/access").textAt("/data/attributes/tenant/id")),
                IMPORT,
                status,
                number);
    }

    private static String filled(String text) {
        return text.replace("(more than 1 MiB)", " ".repeat((1 << 20) + 1))
                .replace("(more than 64 KiB)", "x".repeat(64 * 1024))
                .replace("(more than 16 KiB)", "x".repeat(16 * 1024));
    }

    private static String encoded(String target) {
        return target.replace("[", "%5B").replace("]", "%5D");
    }

    private static synchronized void record(ErrorCode code, Response real) throws IOException {
        var answer = JSON.writeValueAsString(real.body())
                .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", ANNA)
                .replace("\" : ", "\": ");
        var guide = Files.readString(GUIDE);
        int section = guide.indexOf("## `" + code.code() + "`");
        int from = guide.indexOf("```json\n", section) + "```json\n".length();
        int to = guide.indexOf("\n```", from);
        Files.writeString(GUIDE, guide.substring(0, from) + answer + guide.substring(to));
    }
}
