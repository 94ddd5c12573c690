package tv.roster.cli;

import java.util.List;

/// Rows that show how a file of users is written.
final class Template {
    private Template() {}

    static List<String> of(FileFormat format) {
        return format == FileFormat.NDJSON
                ? List.of("""
                        {"type":"User","attributes":{"external_id":"10023","name":"Anna Virtanen","user_flags":[],\
                        "contact_details":{"email":"anna@example.com","telephone_number_E123":"+358 40 123 4567"},\
                        "registration_information":{"registration_state":"REGISTERED"}},\
                        "meta":{"security":{"password_hash":"$2b$10$N9qo8uLOickgx2ZMRZoMyeAAcji36N.mgtGvTs1nypmrn3vnTXrW6"}}}""", """
                        {"type":"User","attributes":{"external_id":"10024","name":"Ben Berg",\
                        "user_flags":["LICENSE_PURCHASE_RESTRICTED","LOGIN_RESTRICTED"],\
                        "contact_details":{"email":"ben@example.com"},\
                        "registration_information":{"registration_state":"UNREGISTERED"}}}""")
                : List.of(
                        "external_id,name,email,telephone_number_E123,user_flags,registration_state,user_password,"
                                + "password_hash",
                        "10023,Anna Virtanen,anna@example.com,+358 40 123 4567,,REGISTERED,,"
                                + "$2b$10$N9qo8uLOickgx2ZMRZoMyeAAcji36N.mgtGvTs1nypmrn3vnTXrW6",
                        "10024,\"Berg, Ben\",ben@example.com,,LICENSE_PURCHASE_RESTRICTED LOGIN_RESTRICTED,"
                                + "UNREGISTERED,,");
    }
}
