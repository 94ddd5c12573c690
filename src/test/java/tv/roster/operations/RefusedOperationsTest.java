package tv.roster.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.operations.Atomic.addProfile;
import static tv.roster.operations.Atomic.addUser;
import static tv.roster.operations.Atomic.document;
import static tv.roster.operations.Atomic.send;
import static tv.roster.operations.Atomic.update;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ContractForm;
import tv.roster.testing.Response;

/// What atomic operations refuse, and where the errors point. Each row is a second operation, after one that creates a
/// user with the lid `u` and the external id `new`; `ANNA`, `KIDS` and `HERS` stand for the ids of a user, its second
/// and its default profile, `NOBODY` for an id that nothing has, and `BASE` for the path of the API.
class RefusedOperationsTest {
    private static final String BASE = "/api/user/management/v4";
    private static final String NOBODY = "01890000-0000-7000-8000-000000000000";

    private final ApiClient bss = TestServer.shared().newTenant();
    private final Response anna =
            bss.createUser("'external_id':'taken','contact_details':{'email':'anna@example.com'}");
    private final String hers = anna.textAt("/data/relationships/default_user_profile/data/id");
    private final String kids = bss.post(
                    "/users/" + anna.id() + "/user_profiles",
                    "{'data':{'type':'UserProfile','attributes':{'name':'Kids'}}}")
            .id();

    private String filled(String operation) {
        return operation
                .replace("ANNA", anna.id())
                .replace("KIDS", kids)
                .replace("HERS", hers)
                .replace("NOBODY", NOBODY)
                .replace("BASE", BASE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            7                                                                             | 422 | wrong_type | ``
            null                                                                          | 422 | wrong_type | ``
            {}                                                                            | 422 | invalid_value | ``
            {'op':null}                                                                   | 422 | wrong_type | /op
            {'op':1}                                                                      | 422 | wrong_type | /op
            {'op':'Add','data':{'type':'User'}}                                           | 422 | invalid_value | /op
            {'op':'get','ref':{'type':'User','id':'ANNA'}}                                | 422 | invalid_value | /op
            {'op':'add'}                                                                  | 400 | malformed_document | ``
            {'op':'add','data':null}                                                      | 400 | malformed_document | /data
            {'op':'add','data':[]}                                                        | 400 | malformed_document | /data
            {'op':'add','data':{}}                                                        | 400 | malformed_document | /data
            {'op':'add','data':{'type':1}}                                                | 422 | wrong_type | /data/type
            {'op':'add','data':{'type':'Tenant'}}                                         | 409 | type_mismatch | /data/type
            {'op':'add','data':{'type':'User'},'nme':1}                                   | 422 | unknown_member | /nme
            {'op':'add','data':{'type':'User'},'meta':{'a':1}}                            | 422 | unknown_member | /meta/a
            {'op':'add','data':{'type':'User','id':'NOBODY'}}                             | 403 | client_id_not_allowed | /data/id
            {'op':'add','data':{'type':'User','attributes':{'nme':'A'}}}                  | 422 | unknown_member | /data/attributes/nme
            {'op':'add','data':{'type':'User','attributes':{'user_flags':['X']}}}         | 422 | unknown_flag | /data/attributes/user_flags/0
            {'op':'add','data':{'type':'User','attributes':{'external_id':'taken'}}}      | 409 | external_id_taken | /data/attributes/external_id
            {'op':'add','data':{'type':'User','attributes':{'external_id':'new'}}}        | 409 | external_id_taken | /data/attributes/external_id
            {'op':'add','data':{'type':'User','meta':{'security':{'user_password':'x'}}}} | 422 | weak_password | /data/meta/security/user_password
            {'op':'add','data':{'type':'User','lid':'u'}}                                 | 422 | invalid_value | /data/lid
            {'op':'add','data':{'type':'User','lid':''}}                                  | 422 | invalid_value | /data/lid
            {'op':'add','data':{'type':'User','lid':7}}                                   | 422 | wrong_type | /data/lid
            {'op':'add','data':{'type':'User','lid':null}}                                | 422 | wrong_type | /data/lid
            {'op':'add','data':{'type':'User','lid':'\\u0000'}}                           | 422 | invalid_value | /data/lid
            {'op':'add','data':{'type':'User','lid':'\\ud800'}}                           | 422 | invalid_value | /data/lid
            {'op':'add','ref':{'type':'User','id':'ANNA'},'data':{'type':'User'}}         | 422 | invalid_value | /ref
            {'op':'add','href':'BASE/users/ANNA','data':{'type':'User'}}                  | 422 | invalid_value | /href
            {'op':'add','href':'BASE/users','data':{'type':'UserProfile'}}                | 409 | type_mismatch | /data/type
            {'op':'add','href':'BASE/users/ANNA/user_profiles','data':{'type':'User'}}    | 409 | type_mismatch | /data/type
            {'op':'add','href':'BASE/users/NOBODY/user_profiles','data':{'type':'UserProfile','attributes':{'name':'A'}}} | 404 | not_found | /href
            {'op':'add','data':{'type':'UserProfile','attributes':{'name':'A'}}}          | 422 | invalid_value | /data
            {'op':'add','data':{'type':'UserProfile','attributes':{'name':'A'},'relationships':{}}} | 422 | invalid_value | /data/relationships
            {'op':'add','data':{'type':'UserProfile','attributes':{'name':'A'},'relationships':{'user':{'data':{'type':'User','id':'NOBODY'}}}}} | 404 | not_found | /data/relationships/user/data
            {'op':'add','data':{'type':'UserProfile','attributes':{'name':'A'},'relationships':{'user':{'data':{'type':'User','id':'x'}}}}} | 404 | not_found | /data/relationships/user/data
            {'op':'add','data':{'type':'UserProfile','attributes':{'name':'A'},'relationships':{'user':{'data':{'type':'User','lid':'v'}}}}} | 422 | invalid_value | /data/relationships/user/data/lid
            {'op':'add','data':{'type':'UserProfile','attributes':{'name':'A'},'relationships':{'user':{'data':{'type':'User','lid':'u','id':'ANNA'}}}}} | 422 | invalid_value | /data/relationships/user/data/lid
            {'op':'add','data':{'type':'UserProfile','attributes':{'name':'A'},'relationships':{'user':{'data':null}}}} | 422 | invalid_value | /data/relationships/user/data
            {'op':'add','data':{'type':'UserProfile','attributes':{'name':'Kids'},'relationships':{'user':{'data':{'type':'User','id':'ANNA'}}}}} | 409 | profile_name_taken | /data/attributes/name
            {'op':'add','href':'BASE/users/ANNA/user_profiles','data':{'type':'UserProfile','attributes':{'name':'A'},'relationships':{'user':{'data':{'type':'User','lid':'u'}}}}} | 422 | read_only | /data/relationships/user/data
            {'op':'update'}                                                               | 400 | malformed_document | ``
            {'op':'update','data':{'type':'User'}}                                        | 400 | malformed_document | /data
            {'op':'update','data':{'type':'User','id':'NOBODY'}}                          | 404 | not_found | /data/id
            {'op':'update','data':{'type':'User','id':'x'}}                               | 404 | not_found | /data/id
            {'op':'update','data':{'type':'UserProfile','id':'NOBODY'}}                   | 404 | not_found | /data/id
            {'op':'update','data':{'type':'User','lid':'v'}}                              | 422 | invalid_value | /data/lid
            {'op':'update','data':{'type':'UserProfile','lid':'u'}}                       | 422 | invalid_value | /data/lid
            {'op':'update','data':{'type':'User','lid':'u','id':'ANNA'}}                  | 422 | invalid_value | /data/lid
            {'op':'update','ref':{'type':'User','id':'NOBODY'},'data':{'type':'User','id':'NOBODY'}} | 404 | not_found | /ref
            {'op':'update','ref':{'type':'User','id':'x'},'data':{'type':'User','id':'x'}} | 404 | not_found | /ref
            {'op':'update','ref':{'type':'User','id':'ANNA'},'data':{'type':'User','id':'NOBODY'}} | 409 | id_mismatch | /data/id
            {'op':'update','ref':{'type':'User','id':'ANNA'},'data':{'type':'User','lid':'u'}} | 409 | id_mismatch | /data/lid
            {'op':'update','ref':{'type':'User','lid':'u'},'data':{'type':'User','id':'ANNA'}} | 409 | id_mismatch | /data/id
            {'op':'update','ref':{'type':'User','id':'ANNA'},'data':{'type':'UserProfile','id':'ANNA'}} | 409 | type_mismatch | /data/type
            {'op':'update','ref':{'type':'User','id':'ANNA'},'data':{'type':'User'}}      | 400 | malformed_document | /data
            {'op':'update','ref':{'type':'User','lid':'v'},'data':{'type':'User','lid':'v'}} | 422 | invalid_value | /ref/lid
            {'op':'update','ref':{'type':'User','lid':''},'data':{'type':'User','lid':''}} | 422 | invalid_value | /ref/lid
            {'op':'update','ref':{'type':'User','id':'ANNA','lid':'u'},'data':{'type':'User','id':'ANNA'}} | 422 | invalid_value | /ref
            {'op':'update','ref':{'type':'User','id':'ANNA','relationship':null},'data':{'type':'User','id':'ANNA'}} | 422 | wrong_type | /ref/relationship
            {'op':'update','ref':{'type':'User','id':null},'data':{'type':'User','id':'ANNA'}} | 422 | wrong_type | /ref/id
            {'op':'update','ref':{'type':'User'},'data':{'type':'User','id':'ANNA'}}      | 422 | invalid_value | /ref
            {'op':'update','ref':{'id':'ANNA'},'data':{'type':'User','id':'ANNA'}}        | 422 | invalid_value | /ref
            {'op':'update','ref':7,'data':{'type':'User','id':'ANNA'}}                    | 422 | wrong_type | /ref
            {'op':'update','ref':{'type':'User','id':7},'data':{'type':'User','id':'ANNA'}} | 422 | wrong_type | /ref/id
            {'op':'update','ref':{'type':'Tenant','id':'ANNA'},'data':{'type':'User','id':'ANNA'}} | 409 | type_mismatch | /ref/type
            {'op':'update','ref':{'type':'User','id':'ANNA','x':1},'data':{'type':'User','id':'ANNA'}} | 422 | unknown_member | /ref/x
            {'op':'update','ref':{'type':'User','id':'ANNA'},'href':'BASE/users/ANNA','data':{'type':'User','id':'ANNA'}} | 422 | invalid_value | /href
            {'op':'update','data':{'type':'User','id':'ANNA','meta':{'version':2}}}       | 412 | version_mismatch | /data/meta/version
            {'op':'update','data':{'type':'User','id':'ANNA','meta':{'version':0}}}       | 412 | version_mismatch | /data/meta/version
            {'op':'update','data':{'type':'User','id':'ANNA','meta':{'version':4294967297}}} | 412 | version_mismatch | /data/meta/version
            {'op':'update','data':{'type':'User','id':'ANNA','meta':{'version':null}}}    | 412 | version_mismatch | /data/meta/version
            {'op':'update','data':{'type':'User','id':'ANNA','meta':{'version':'1'}}}     | 422 | wrong_type | /data/meta/version
            {'op':'update','data':{'type':'User','id':'ANNA','meta':{'created_time':1}}}  | 422 | read_only | /data/meta/created_time
            {'op':'update','data':{'type':'User','lid':'u','attributes':{'external_id':'taken'}}} | 409 | external_id_taken | /data/attributes/external_id
            {'op':'update','data':{'type':'User','lid':'u','relationships':{'default_user_profile':{'data':{'type':'UserProfile','id':'KIDS'}}}}} | 422 | invalid_value | /data/relationships/default_user_profile/data
            {'op':'update','data':{'type':'User','lid':'u','relationships':{'default_user_profile':{'data':{'type':'UserProfile','id':'x'}}}}} | 422 | invalid_value | /data/relationships/default_user_profile/data
            {'op':'update','data':{'type':'UserProfile','id':'KIDS','meta':{'version':1}}} | 422 | unknown_member | /data/meta/version
            {'op':'update','data':{'type':'UserProfile','id':'KIDS','attributes':{'is_default':true}}} | 422 | read_only | /data/attributes/is_default
            {'op':'update','data':{'type':'UserProfile','id':'KIDS','relationships':{'user':{'data':{'type':'User','lid':'u'}}}}} | 422 | read_only | /data/relationships/user/data
            {'op':'update','href':'BASE/users','data':{'type':'User','id':'ANNA'}}        | 422 | invalid_value | /href
            {'op':'update','href':'BASE/users/by_external_id/x','data':{'type':'User'}}   | 404 | not_found | /href
            {'op':'update','href':'BASE/users/by_external_id/taken','data':{'type':'User','id':'NOBODY'}} | 409 | id_mismatch | /data/id
            {'op':'update','href':'BASE/users/by_external_id/taken','data':{'type':'User','id':'x'}} | 409 | id_mismatch | /data/id
            {'op':'update','href':'BASE/users/ANNA?include=user_profiles','data':{'type':'User','id':'ANNA'}} | 422 | invalid_value | /href
            {'op':'update','href':'BASE/users/ANNA#x','data':{'type':'User','id':'ANNA'}} | 422 | invalid_value | /href
            {'op':'update','href':7,'data':{'type':'User','id':'ANNA'}}                   | 422 | wrong_type | /href
            {'op':'update','href':null,'data':{'type':'User','id':'ANNA'}}                | 422 | wrong_type | /href
            {'op':'update','href':'','data':{'type':'User','id':'ANNA'}}                  | 422 | invalid_value | /href
            {'op':'update','href':'users/ANNA','data':{'type':'User','id':'ANNA'}}        | 422 | invalid_value | /href
            {'op':'update','href':'/users/ANNA','data':{'type':'User','id':'ANNA'}}       | 422 | invalid_value | /href
            {'op':'update','href':'https://example.com/BASE/users/ANNA','data':{'type':'User','id':'ANNA'}} | 422 | invalid_value | /href
            {'op':'update','href':'//example.comBASE/users/ANNA','data':{'type':'User','id':'ANNA'}} | 422 | invalid_value | /href
            {'op':'update','href':'BASE/credential_checks','data':{'type':'User','id':'ANNA'}} | 404 | not_found | /href
            {'op':'update','href':'BASE/users/ANNA/','data':{'type':'User','id':'ANNA'}}  | 404 | not_found | /href
            {'op':'update','href':'BASE/users/%zz','data':{'type':'User','id':'ANNA'}}    | 404 | not_found | /href
            {'op':'update','ref':{'type':'User','id':'ANNA','relationship':'default_user_profile'}} | 400 | malformed_document | ``
            {'op':'update','ref':{'type':'User','id':'ANNA','relationship':'default_user_profile'},'data':null} | 422 | invalid_value | /data
            {'op':'update','ref':{'type':'User','id':'ANNA','relationship':'default_user_profile'},'data':{'type':'UserProfile','id':'NOBODY'}} | 422 | invalid_value | /data
            {'op':'update','ref':{'type':'User','id':'NOBODY','relationship':'default_user_profile'},'data':{'type':'UserProfile','id':'KIDS'}} | 404 | not_found | /ref
            {'op':'update','ref':{'type':'User','id':'ANNA','relationship':'default_user_profile'},'data':{'type':'UserProfile','lid':'p'}} | 422 | invalid_value | /data/lid
            {'op':'add','ref':{'type':'User','id':'ANNA','relationship':'default_user_profile'},'data':{'type':'UserProfile','id':'KIDS'}} | 403 | operation_not_supported | /ref
            {'op':'remove','ref':{'type':'User','id':'ANNA','relationship':'user_profiles'},'data':[{'type':'UserProfile','id':'KIDS'}]} | 403 | operation_not_supported | /ref/relationship
            {'op':'update','ref':{'type':'UserProfile','id':'KIDS','relationship':'user'},'data':{'type':'User','id':'ANNA'}} | 403 | operation_not_supported | /ref/relationship
            {'op':'remove','href':'BASE/users/ANNA/relationships/default_user_profile'}   | 403 | operation_not_supported | /href
            {'op':'add','href':'BASE/users/ANNA/relationships/user_profiles','data':[]}   | 403 | operation_not_supported | /href
            {'op':'remove','href':'BASE/users/ANNA/default_user_profile'}                 | 403 | operation_not_supported | /href
            {'op':'remove'}                                                               | 422 | invalid_value | ``
            {'op':'remove','ref':{'type':'User','id':'NOBODY'}}                           | 404 | not_found | /ref
            {'op':'remove','ref':{'type':'UserProfile','id':'HERS'}}                      | 409 | default_profile | /ref
            {'op':'remove','ref':{'type':'UserProfile','id':'NOBODY'}}                    | 404 | not_found | /ref
            {'op':'update','data':{'type':'UserProfile','id':'KIDS','attributes':{'name':'Default'}}} | 409 | profile_name_taken | /data/attributes/name
            {'op':'remove','href':'BASE/users'}                                           | 422 | invalid_value | /href
            {'op':'remove','href':'BASE/user_profiles/NOBODY'}                            | 404 | not_found | /href
            {'op':'remove','ref':{'type':'User','id':'ANNA'},'data':{'type':'User','id':'ANNA','meta':{'version':2}}} | 412 | version_mismatch | /data/meta/version
            {'op':'remove','ref':{'type':'User','id':'ANNA'},'data':{'type':'User','id':'ANNA','attributes':{'name':'A'}}} | 422 | unknown_member | /data/attributes/name
            {'op':'remove','href':'BASE/users/by_external_id/taken','data':{'type':'User','id':'NOBODY'}} | 409 | id_mismatch | /data/id
            """)
    void anErrorPointsIntoItsOperation(String operation, int status, String code, String pointer) {
        var response = send(bss, addUser("u", "'external_id':'new'"), filled(operation));

        assertThat(response.status()).as(response.text()).isEqualTo(status);
        var error = ContractForm.checkError(response);
        assertThat(error.code()).isEqualTo(code);
        assertThat(response.textAt("/errors/0/source/pointer"))
                .isEqualTo("/atomic:operations/1" + (pointer == null ? "" : pointer));
        assertThat(response.at("/errors").size()).as(response.text()).isEqualTo(1);
        assertThat(bss.get("/users/by_external_id/new").status()).isEqualTo(404);
        assertThat(bss.allUserIds()).containsExactly(anna.id());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            7                                         | 400 | malformed_document | ``
            []                                        | 400 | malformed_document | ``
            {}                                        | 400 | malformed_document | ``
            {'data':{'type':'User'}}                  | 400 | malformed_document | ``
            {'atomic:operations':null}                | 400 | malformed_document | /atomic:operations
            {'atomic:operations':{'op':'add'}}        | 400 | malformed_document | /atomic:operations
            {'atomic:operations':[]}                  | 422 | invalid_value | /atomic:operations
            {'atomic:operations':[{'op':'add','data':{'type':'User'}}],'data':[]}  | 422 | unknown_member | /data
            {'atomic:operations':[{'op':'add','data':{'type':'User'}}],'atomic:results':[]}  | 422 | unknown_member | /atomic:results
            {'atomic:operations':[{'op':'add','data':{'type':'User'}}],'meta':{'x':1}} | 422 | unknown_member | /meta/x
            """)
    void aDocumentThatHasNoOperationsIsRefused(String document, int status, String code, String pointer) {
        var response = document(bss, document);
        assertThat(response.status()).as(response.text()).isEqualTo(status);
        assertThat(response.code()).isEqualTo(code);
        assertThat(response.textAt("/errors/0/source/pointer")).isEqualTo(pointer == null ? "" : pointer);
        assertThat(bss.allUserIds()).hasSize(1);
    }

    @Test
    void whatIsNoJsonIs400() {
        assertThat(document(bss, "{'atomic:operations':[").code()).isEqualTo("malformed_json");
        assertThat(document(bss, "").code()).isEqualTo("malformed_json");
        assertThat(document(bss, "{'atomic:operations':[],'atomic:operations':[]}")
                        .code())
                .isEqualTo("malformed_json");
    }

    @Test
    void moreThanAHundredOperationsAreRefused() {
        var response = send(bss, Atomic.users(101));
        assertThat(response.status()).isEqualTo(422);
        assertThat(response.code()).isEqualTo("invalid_value");
        assertThat(response.source()).isEqualTo("/atomic:operations");
        assertThat(bss.allUserIds()).hasSize(1);
    }

    @Test
    void allProblemsOfTheFirstFailingOperationAreReportedAndNoneOfLaterOnes() {
        var response = send(
                bss,
                addUser("a", ""),
                "{'op':'update','nme':1,'data':{'type':'User','lid':'none','attributes':{'name':'','user_flags':['X'],"
                        + "'x':1},'relationships':{'default_user_profile':{'data':{'type':'UserProfile','lid':'b'}}}}}",
                addUser("a", "'name':7"));
        assertThat(response.status()).isEqualTo(422);
        var pointers = response.at("/errors")
                .valueStream()
                .map(error -> error.at("/source/pointer").asString().replace("/atomic:operations/1", ""))
                .collect(Collectors.toSet());
        assertThat(pointers)
                .containsExactlyInAnyOrder(
                        "/nme",
                        "/data/lid",
                        "/data/attributes/name",
                        "/data/attributes/user_flags/0",
                        "/data/attributes/x",
                        "/data/relationships/default_user_profile/data/lid");
    }

    /// An operation that can be judged as it is does not go before one whose failure only the database knows.
    @Test
    void theFirstOperationThatFailsGivesTheStatus() {
        var taken = addUser("a", "'external_id':'taken'");
        var invalid = addUser("b", "'name':7");
        var first = send(bss, addUser("c", ""), taken, invalid);
        assertThat(first.status()).isEqualTo(409);
        assertThat(first.source()).isEqualTo("/atomic:operations/1/data/attributes/external_id");
        assertThat(first.textAt("/errors/0/meta/existing_id")).isEqualTo(anna.id());
        var second = send(bss, addUser("c", ""), invalid, taken);
        assertThat(second.status()).isEqualTo(422);
        assertThat(second.source()).isEqualTo("/atomic:operations/1/data/attributes/name");
    }

    @Test
    void aLidOfARemovedResourceIs422() {
        var remove = "{'op':'remove','ref':{'type':'User','lid':'u'}}";
        var updates = List.of(
                "{'op':'update','ref':{'type':'User','lid':'u'},'data':{'type':'User','lid':'u'}}",
                "{'op':'update','data':{'type':'User','lid':'u','attributes':{'name':'A'}}}",
                "{'op':'remove','ref':{'type':'User','lid':'u'}}",
                addProfile("q", "u", "Kids"),
                "{'op':'update','ref':{'type':'UserProfile','lid':'p'},'data':{'type':'UserProfile','lid':'p'}}",
                "{'op':'remove','ref':{'type':'UserProfile','lid':'p'}}");
        var pointers = List.of(
                "/ref/lid", "/data/lid", "/ref/lid", "/data/relationships/user/data/lid", "/ref/lid", "/ref/lid");
        for (int at = 0; at < updates.size(); at++) {
            var response = send(bss, addUser("u", ""), addProfile("p", "u", "Own"), remove, updates.get(at));
            assertThat(response.status()).as(response.text()).isEqualTo(422);
            assertThat(response.code()).isEqualTo("invalid_value");
            assertThat(response.source()).isEqualTo("/atomic:operations/3" + pointers.get(at));
        }
    }

    @Test
    void aLidUsedBeforeItsOperationIsUnknown() {
        var response = send(bss, addProfile("p", "u", "Kids"), addUser("u", ""));
        assertThat(response.status()).isEqualTo(422);
        assertThat(response.source()).isEqualTo("/atomic:operations/0/data/relationships/user/data/lid");
    }

    @Test
    void theLimitOfProfilesHoldsInsideACall() {
        var operations = new ArrayList<String>();
        operations.add(addUser("u", ""));
        IntStream.range(0, 20).forEach(at -> operations.add(addProfile("p" + at, "u", "Profile " + at)));
        var response = send(bss, operations);
        assertThat(response.status()).isEqualTo(422);
        assertThat(response.code()).isEqualTo("profile_limit");
        assertThat(response.source()).isEqualTo("/atomic:operations/20/data/relationships/user/data/lid");
        assertThat(send(bss, operations.subList(0, 20)).status()).isEqualTo(200);
    }

    @Test
    void aPasswordIsComparedWithWhatTheOperationsHaveMadeOfTheUser() {
        var password = "'meta':{'security':{'user_password':'aurora borealis'}}";
        var name = "'name':'Aurora Borealis'";
        var byId = "{'op':'update','data':{'type':'User','id':'" + anna.id() + "'," + password + "}}";
        var byLid = "{'op':'update','data':{'type':'User','lid':'u'," + password + "}}";
        var byExternalId = "{'op':'update','href':'" + BASE + "/users/by_external_id/new','data':{'type':'User',"
                + password + "}}";
        for (var operations : List.of(
                List.of(update(anna.id(), name), byId),
                List.of(addUser("u", name), byLid),
                List.of(addUser("u", "'external_id':'new'," + name), byExternalId),
                List.of(update(anna.id(), name + ",'external_id':'new'"), byExternalId))) {
            var response = send(bss, operations);
            assertThat(response.status()).as(response.text()).isEqualTo(422);
            assertThat(response.code()).isEqualTo("weak_password");
            assertThat(response.source()).isEqualTo("/atomic:operations/1/data/meta/security/user_password");
        }
        bss.patchUser(anna.id(), name);
        assertThat(send(bss, byId).code()).isEqualTo("weak_password");
        assertThat(send(bss, update(anna.id(), "'name':'Anna'"), byId).status()).isEqualTo(200);
    }
}
