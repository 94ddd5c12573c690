package tv.roster.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static tv.roster.testing.ImportClient.CSV;
import static tv.roster.testing.ImportClient.NDJSON;
import static tv.roster.testing.Json.json;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ImportClient;
import tv.roster.testing.Response;

/// Section 9 of the contract, "Imports".
class ImportsTest {
    private final UUID tenant = TestServer.shared().addTenant("GOLD");
    private final ApiClient bss =
            TestServer.shared().newKey(tenant, "users:read", "users:write", "bulk", "credentials:verify");
    private final ImportClient imports = new ImportClient(bss);

    private JsonNode user(String externalId) {
        return bss.get("/users/by_external_id/" + externalId).at("/data");
    }

    private static String code(JsonNode rejected) {
        return rejected.at("/errors/0/code").asString();
    }

    private static String pointer(JsonNode rejected) {
        return rejected.at("/errors/0/source/pointer").asString();
    }

    @Test
    void rowsCreateUsersWithEventsThatNameTheImport() {
        var sent = imports.sendRows(
                "",
                "{'attributes':{'external_id':'c1','name':'Anna','user_flags':['GOLD'],"
                        + "'contact_details':{'email':'anna@example.com','telephone_number_E123':'+358 40 123 4567'},"
                        + "'registration_information':{'registration_state':'REGISTERED'}}}",
                "{'type':'User','attributes':{'external_id':'c2'}}");
        assertThat(sent.header("Location")).endsWith("/imports/" + sent.id());
        assertThat(sent.textAt("/data/attributes/status")).isEqualTo("QUEUED");
        assertThat(sent.at("/data/attributes/rows/total").asInt()).isEqualTo(2);

        var done = imports.finished(sent);
        assertThat(done.path("status").asString()).isEqualTo("COMPLETED");
        assertThat(ImportClient.counts(done)).isEqualTo(List.of(2, 0, 0, 0));
        var anna = user("c1");
        assertThat(anna.at("/attributes/name").asString()).isEqualTo("Anna");
        assertThat(anna.at("/attributes/user_flags/0").asString()).isEqualTo("GOLD");
        assertThat(anna.at("/attributes/registration_information/registration_state")
                        .asString())
                .isEqualTo("REGISTERED");
        assertThat(bss.get("/users/" + anna.path("id").asString() + "/default_user_profile")
                        .textAt("/data/attributes/name"))
                .isEqualTo("Anna");
        var events = TestServer.shared()
                .admin()
                .get("/events?filter%5Btenant%5D=" + tenant + "&filter%5Bkind%5D=user.created");
        assertThat(events.at("/data"))
                .extracting(event -> event.at("/relationships/import/data/id").asString())
                .containsExactly(sent.id(), sent.id());
    }

    @Test
    void rowsChangeUsersAsPatchDoes() {
        var before = bss.createUser("'external_id':'c1','name':'Anna','contact_details':{'email':'a@example.com'}");
        var sent = imports.sendRows(
                "",
                "{'attributes':{'external_id':'c1','name':'Anna B','contact_details':{'email':null}}}",
                "{'attributes':{'external_id':'c1'}}",
                "{'id':'" + before.id()
                        + "','attributes':{'contact_details':{'telephone_number_E123':'+358401234567'}}}");
        assertThat(imports.counts(sent)).isEqualTo(List.of(0, 2, 1, 0));
        var after = bss.get("/users/" + before.id());
        assertThat(after.etag()).isEqualTo(Response.etag(3));
        assertThat(after.textAt("/data/attributes/name")).isEqualTo("Anna B");
        assertThat(after.at("/data/attributes/contact_details/email").isNull()).isTrue();
        assertThat(after.textAt("/data/attributes/contact_details/telephone_number_E123"))
                .isEqualTo("+358401234567");
        assertThat(TestServer.shared()
                        .value(
                                "select string_agg((before ->> 'version') || '>' || (after ->> 'version'), ' ' order by id)"
                                        + " from user_event where user_id = ? and kind = 'user.updated'",
                                UUID.fromString(before.id())))
                .isEqualTo("1>2 2>3");
    }

    @Test
    void rowsMeetWhatTheRowsBeforeHaveLeft() {
        bss.createUser("'external_id':'c1','contact_details':{'email':'one@example.com'}");
        bss.createUser("'external_id':'c2','contact_details':{'email':'two@example.com'}");
        var sent = imports.sendRows(
                "",
                "{'attributes':{'external_id':'c3','contact_details':{'email':'one@example.com'}}}",
                "{'attributes':{'external_id':'c1','contact_details':{'email':'spare@example.com'}}}",
                "{'attributes':{'external_id':'c2','contact_details':{'email':'one@example.com'}}}",
                "{'attributes':{'external_id':'c1','contact_details':{'email':'two@example.com'}}}",
                "{'attributes':{'external_id':'c4','contact_details':{'email':'new@example.com'}}}",
                "{'attributes':{'external_id':'c5','contact_details':{'email':'NEW@example.com'}}}",
                "{'attributes':{'external_id':'c4','name':'Four'}}");
        assertThat(imports.counts(sent)).isEqualTo(List.of(1, 4, 0, 2));
        assertThat(imports.rejected(sent))
                .extracting(row -> row.path("line").asInt(), ImportsTest::code, ImportsTest::pointer)
                .containsExactly(
                        tuple(1, "email_taken", "/attributes/contact_details/email"),
                        tuple(6, "email_taken", "/attributes/contact_details/email"));
        assertThat(user("c1").at("/attributes/contact_details/email").asString())
                .isEqualTo("two@example.com");
        assertThat(user("c2").at("/attributes/contact_details/email").asString())
                .isEqualTo("one@example.com");
        assertThat(user("c4").at("/attributes/name").asString()).isEqualTo("Four");
        assertThat(user("c4").at("/meta/version").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "upsert|{'attributes':{'name':'Nobody'}}|created|",
                "create|{'attributes':{'external_id':'there'}}|external_id_taken|/attributes/external_id",
                "create|{'attributes':{'external_id':'new'}}|created|",
                "update|{'attributes':{'external_id':'new'}}|not_found|/attributes/external_id",
                "update|{'attributes':{'name':'Nobody'}}|not_found|/attributes/external_id",
                "update|{'attributes':{'external_id':'there','name':'X'}}|updated|",
                "upsert|{'id':'0198a2b4-1c6f-7a54-8d0e-93c1f2f5a6de'}|client_id_not_allowed|/id",
                "upsert|{'id':'no uuid'}|client_id_not_allowed|/id",
                "upsert|{'id':'ID','attributes':{'external_id':'other'}}|id_mismatch|/id",
                "upsert|{'id':'ID','attributes':{'external_id':'fresh'}}|updated|",
                "upsert|{'id':'ID','attributes':{'external_id':'there'}}|unchanged|",
                "upsert|{'type':'UserProfile'}|type_mismatch|/type",
                "upsert|{'attributes':{'external_id':'there'},'meta':{'version':1}}|unchanged|",
                "upsert|{'attributes':{'external_id':'there'},'meta':{'version':7}}|read_only|/meta/version",
                "upsert|{'attributes':{'external_id':'new'},'meta':{'version':1}}|read_only|/meta/version",
                "upsert|{'attributes':{'telphone':'1'}}|unknown_member|/attributes/telphone",
                "upsert|{'attributes':{'user_flags':['SILVER']}}|unknown_flag|/attributes/user_flags/0",
                "upsert|{'attributes':{'contact_details':{'telephone_number_E123':'040 123'}}}|invalid_value|/attributes/contact_details/telephone_number_E123",
                "upsert|{'meta':{'security':{'user_password':'short'}}}|weak_password|/meta/security/user_password",
                "upsert|{'meta':{'security':{'password_hash':'x'}}}|invalid_value|/meta/security/password_hash",
                "upsert|{'meta':{'security':{'user_password':'correct horse battery','password_hash':'$1$abcdefgh$0123456789012345678901'}}}|invalid_value|/meta/security/password_hash",
                "upsert|[]|malformed_document|",
                "upsert|{|malformed_json|",
                "upsert|{'attributes':{'name':'a','name':'b'}}|malformed_json|",
            })
    void eachModeDoesWithARowWhatItSays(String mode, String row, String outcome, String pointer) {
        var there = bss.createUser("'external_id':'there'");
        bss.createUser("'external_id':'other'");
        var sent = imports.sendRows("?mode=" + mode, row.replace("ID", there.id()));
        var counts = imports.counts(sent);
        if (List.of("created", "updated", "unchanged").contains(outcome)) {
            assertThat(imports.rejected(sent)).isEmpty();
            assertThat(counts.get(List.of("created", "updated", "unchanged").indexOf(outcome)))
                    .isEqualTo(1);
            return;
        }
        var rejected = imports.rejected(sent);
        assertThat(rejected).hasSize(1);
        assertThat(code(rejected.getFirst())).isEqualTo(outcome);
        assertThat(pointer(rejected.getFirst())).isEqualTo(pointer == null ? "" : pointer);
    }

    @Test
    void passwordsAreHashedAndHashesOfOtherSystemsLogIn() {
        var sent = imports.sendRows(
                "",
                "{'attributes':{'external_id':'c1','registration_information':{'registration_state':'REGISTERED'}},"
                        + "'meta':{'security':{'user_password':'correct horse battery'}}}",
                "{'attributes':{'external_id':'c2','registration_information':{'registration_state':'REGISTERED'}},"
                        + "'meta':{'security':{'password_hash':'$2y$05$/OK.fbVrR/bpIqNJ5ianF.CE5elHaaO4EbggVDjb8P19RukzXSM3e'}}}");
        assertThat(imports.counts(sent)).isEqualTo(List.of(2, 0, 0, 0));
        assertThat(check("c1", "correct horse battery")).isEqualTo("accepted");
        assertThat(user("c2").at("/meta/security/password_set").asBoolean()).isTrue();
        assertThat(TestServer.shared()
                        .value(
                                "select count(*) from roster_user where tenant_id = ? and password_hash like '%horse%'",
                                tenant))
                .isEqualTo("0");
    }

    private String check(String externalId, String password) {
        return bss.post(
                        "/credential_checks",
                        "{'data':{'type':'CredentialCheck','attributes':{'external_id':'" + externalId
                                + "','password':'" + password + "'}}}")
                .textAt("/data/attributes/result");
    }

    @Test
    void secretsOfRejectedRowsAreHidden() {
        var sent = imports.sendRows(
                "",
                "{'attributes':{'external_id':'c1','telphone':'1'},'meta':{'security':{'user_password':'correct horse'}}}",
                "{'attributes':{'external_id':'c2','user_pasword':'correct horse'}}");
        imports.finished(sent);
        var rejected = bss.get("/imports/" + sent.id() + "/rejected_rows").text();
        assertThat(rejected).contains("***").doesNotContain("horse");
        assertThat(imports.rejected(sent))
                .extracting(row -> row.path("external_id").asString())
                .containsExactly("c1", "c2");
    }

    @Test
    void aDryRunReportsWhatTheImportAfterItDoes() {
        bss.createUser("'external_id':'c1','contact_details':{'email':'one@example.com'}");
        String[] rows = {
            "{'attributes':{'external_id':'c1','contact_details':{'email':'spare@example.com'}}}",
            "{'attributes':{'external_id':'c2','contact_details':{'email':'one@example.com'}}}",
            "{'attributes':{'external_id':'c3','contact_details':{'email':'spare@example.com'}}}",
            "{'attributes':{'external_id':'c3','contact_details':{'email':'three@example.com'}},"
                    + "'meta':{'security':{'user_password':'correct horse battery'}}}",
            "{'attributes':{'external_id':'c3','contact_details':{'email':'three@example.com'}}}",
            "{'attributes':{'external_id':'c4','contact_details':{'email':'Three@example.com'}}}",
            "not json",
            "{'attributes':{'external_id':'c1'},'meta':{'version':9}}"
        };
        var rehearsal = imports.sendRows("?dry_run=true", rows);
        assertThat(rehearsal.at("/data/attributes/dry_run").asBoolean()).isTrue();
        var counts = imports.counts(rehearsal);
        assertThat(bss.get("/users?page[total]=true").at("/meta/page/total").asInt())
                .isEqualTo(1);
        assertThat(user("c1").at("/meta/version").asInt()).isEqualTo(1);
        var performance = imports.sendRows("", rows);
        assertThat(imports.counts(performance)).isEqualTo(counts).isEqualTo(List.of(2, 1, 1, 4));
        assertThat(imports.rejected(performance)).isEqualTo(imports.rejected(rehearsal));
    }

    @Test
    void whatWasExportedComesBackUnchanged() {
        bss.createUser("'external_id':'c1','name':' Anna; B, C ','user_flags':['GOLD'],"
                + "'contact_details':{'email':'anna@example.com','telephone_number_E123':'+358 40 123 4567'},"
                + "'registration_information':{'registration_state':'REGISTERED'}");
        bss.createUser("'name':'\\\\N'");
        bss.createUser("");
        for (var type : List.of(NDJSON, CSV)) {
            var file = bss.get("/exports/users", "Accept", type).text();
            var sent = imports.send("", type, file);
            assertThat(imports.rejected(sent)).isEmpty();
            assertThat(imports.counts(sent)).as(type).isEqualTo(List.of(0, 0, 3, 0));
        }
    }

    @Test
    void csvIsReadAsTheContractHasIt() {
        bss.createUser("'external_id':'c5','name':'Five','contact_details':{'email':'five@example.com'}");
        var file = "\uFEFF" + """
                name;external_id;email;user_flags;registration_state

                "Anna ""A""; B";c1;anna@example.com;GOLD LOGIN_RESTRICTED;REGISTERED
                "Two
                lines";c2;;;
                Three;c3
                "never ends;c4;;;
                \\N;c5;"";;
                "\\N";c6;;;
                Bad;c7;nobody;SILVER;
                """;
        var sent = imports.send("", CSV, file);
        assertThat(imports.counts(sent)).isEqualTo(List.of(2, 1, 0, 4));
        assertThat(user("c1").at("/attributes/name").asString()).isEqualTo("Anna \"A\"; B");
        assertThat(user("c1").at("/attributes/user_flags").size()).isEqualTo(2);
        assertThat(user("c5").at("/attributes/name").isNull()).isTrue();
        assertThat(user("c5").at("/attributes/contact_details/email").asString())
                .isEqualTo("five@example.com");
        assertThat(user("c6").at("/attributes/name").asString()).isEqualTo("\\N");
        var rejected = imports.rejected(sent);
        assertThat(rejected).extracting(row -> row.path("line").asInt()).containsExactly(4, 6, 7, 10);
        assertThat(rejected)
                .extracting(ImportsTest::code)
                .containsExactly("invalid_value", "malformed_document", "malformed_document", "unknown_flag");
        assertThat(rejected.getLast().at("/errors/1/source/column").asString()).isEqualTo("email");
        assertThat(rejected.getLast().at("/errors/0/source/column").asString()).isEqualTo("user_flags");
        assertThat(rejected.getLast().at("/row/external_id").asString()).isEqualTo("c7");
        assertThat(imports.rejectedCsv(sent))
                .startsWith("line,external_id,codes,detail,name,external_id,email,user_flags,registration_state\r\n")
                .contains("10,c7,unknown_flag invalid_value,")
                .endsWith(",Bad,c7,nobody,SILVER,\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "external_id,nmae|422|unknown_member",
                "external_id,name,name|422|unknown_member",
                "external_id,|422|unknown_member",
            })
    void aBadHeaderLineIsRefusedBeforeAnythingIsDone(String header, int status, String code) {
        var sent = imports.send("", CSV, header + "\nc1,Anna\n");
        assertThat(sent.status()).as(sent.text()).isEqualTo(status);
        assertThat(sent.code()).isEqualTo(code);
        assertThat(bss.get("/imports").at("/data").size()).isZero();
    }

    @Test
    void emptyFilesAreImportsOfNothing() {
        for (var file : List.of("", "\n\n", "\uFEFF")) {
            for (var type : List.of(NDJSON, CSV)) {
                var sent = imports.send("", type, file);
                assertThat(sent.status()).as(sent.text()).isEqualTo(201);
                assertThat(imports.counts(sent)).isEqualTo(List.of(0, 0, 0, 0));
            }
        }
        assertThat(imports.counts(imports.send("", CSV, "external_id,name\n"))).isEqualTo(List.of(0, 0, 0, 0));
    }

    @Test
    void gzipIsUnpackedAndDamagedGzipIsRefused() throws IOException {
        var rows = json("{'attributes':{'external_id':'c1'}}\n{'attributes':{'external_id':'c2'}}\n");
        var packed = gzip(rows);
        var twice = new ByteArrayOutputStream();
        twice.write(packed);
        twice.write(gzip(json("{'attributes':{'external_id':'c3'}}\n")));
        var sent = imports.send("", NDJSON, twice.toByteArray(), "Content-Encoding", "gzip");
        assertThat(imports.counts(sent)).isEqualTo(List.of(3, 0, 0, 0));
        assertThat(sent.at("/data/attributes/bytes").asInt()).isEqualTo(twice.size());

        var cutOff = Arrays.copyOf(packed, packed.length - 9);
        var damaged = packed.clone();
        damaged[packed.length - 6] ^= 1;
        for (var file : List.of(cutOff, damaged, rows.getBytes(StandardCharsets.UTF_8))) {
            var refused = imports.send("", NDJSON, file, "Content-Encoding", "gzip");
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.code()).isEqualTo("malformed_document");
        }
        assertThat(bss.get("/imports?page[total]=true").at("/meta/page/total").asInt())
                .isEqualTo(1);
    }

    private static byte[] gzip(String text) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }

    @Test
    void anIdempotencyKeyMakesOneImportOfOneFile() {
        var row = json("{'attributes':{'name':'Once'}}");
        var first = imports.send("", NDJSON, row, "Idempotency-Key", "night");
        var again = imports.send("", NDJSON, row, "Idempotency-Key", "night");
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        var other = imports.send("", NDJSON, row + "\n" + row, "Idempotency-Key", "night");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.code()).isEqualTo("idempotency_key_reused");
        imports.finished(first);
        assertThat(bss.get("/users?page[total]=true").at("/meta/page/total").asInt())
                .isEqualTo(1);
        assertThat(bss.get("/imports?page[total]=true").at("/meta/page/total").asInt())
                .isEqualTo(1);
    }

    @Test
    void aFinishedImportIsListedAndRemovedAndNotCancelled() {
        var sent = imports.sendRows("", "{'attributes':{'external_id':'c1'}}", "nonsense");
        imports.finished(sent);
        assertThat(bss.get("/imports").textAt("/data/0/id")).isEqualTo(sent.id());
        var cancel = "{'data':{'type':'Import','id':'" + sent.id() + "','attributes':{'status':'CANCELLED'}}}";
        var refused = bss.patch("/imports/" + sent.id(), cancel);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("import_finished");
        assertThat(bss.delete("/imports/" + sent.id()).status()).isEqualTo(204);
        assertThat(bss.get("/imports/" + sent.id()).status()).isEqualTo(404);
        assertThat(bss.get("/imports/" + sent.id() + "/rejected_rows").status()).isEqualTo(404);
        assertThat(bss.patch("/imports/" + sent.id(), cancel).status()).isEqualTo(404);
        assertThat(bss.delete("/imports/" + sent.id()).status()).isEqualTo(404);
        assertThat(user("c1").path("id").isMissingNode()).isFalse();
    }

    @Test
    void importsOfOthersAreNotFoundAndTheScopeIsDemanded() {
        var sent = imports.sendRows("", "{}");
        var other = TestServer.shared().newKey(TestServer.shared().addTenant(), "bulk");
        assertThat(other.get("/imports/" + sent.id()).status()).isEqualTo(404);
        assertThat(other.get("/imports").at("/data").size()).isZero();
        var withoutScope = new ImportClient(TestServer.shared().newKey(tenant, "users:write"));
        assertThat(withoutScope.sendRows("", "{}").code()).isEqualTo("insufficient_scope");
        imports.finished(sent);
    }

    @ParameterizedTest
    @CsvSource({
        "?mode=replace,application/x-ndjson,400,bad_query",
        "?dry_run=yes,application/x-ndjson,400,bad_query",
        "?page[size]=1,application/x-ndjson,400,bad_query",
        "'',application/vnd.api+json,415,unsupported_media_type",
        "'',text/csv; charset=utf-16,415,unsupported_media_type",
    })
    void otherFilesAndParametersAreRefused(String query, String type, int status, String code) {
        var refused = imports.send(query.replace("[", "%5B").replace("]", "%5D"), type, "{}");
        assertThat(refused.status()).as(refused.text()).isEqualTo(status);
        assertThat(refused.code()).isEqualTo(code);
    }
}
