package tv.roster.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `./roster user …`
@Command(
        name = "user",
        description = "Subscribers of the tenant whose key is in ROSTER_API_KEY (else data/demo-key).",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./roster user find anna@example.com",
            "  ./roster user find --name virtanen --state UNREGISTERED",
            "  ./roster user create --external-id 10023 --name \"Anna Virtanen\" --email anna@example.com",
            "  ./roster user update 10023 --telephone \"+358 40 123 4567\" --add-flag GOLD",
            "  ./roster user suspend 10023",
            "  ./roster user resend-activation 10023"
        })
final class UserCommands {
    private static final String SUSPENDED = "LOGIN_RESTRICTED";
    private static final String NAMED = "An id, an external id or an e-mail address.";

    private final Terminal terminal;

    UserCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    /// What a command can change; null remains as it is, and an empty text removes a value.
    static final class Members {
        @Option(names = "--name", description = "Full name.")
        @Nullable
        String name;

        @Option(names = "--email", description = "E-mail address.")
        @Nullable
        String email;

        @Option(names = "--telephone", paramLabel = "NUMBER", description = "International, such as +358 40 123 4567.")
        @Nullable
        String telephone;

        @Option(names = "--external-id", paramLabel = "ID", description = "The BSS's own id.")
        @Nullable
        String externalId;

        @Option(names = "--state", description = "UNREGISTERED or REGISTERED.")
        @Nullable
        String state;

        @Option(
                names = "--password-file",
                paramLabel = "FILE",
                description = "Its first line is the password; /dev/stdin reads standard input.")
        @Nullable
        Path passwordFile;

        ObjectNode document() {
            var attributes = Server.object();
            put(attributes, "name", name);
            put(attributes, "external_id", externalId);
            if (email != null || telephone != null) {
                var contact = attributes.putObject("contact_details");
                put(contact, "email", email);
                put(contact, "telephone_number_E123", telephone);
            }
            if (state != null) {
                attributes.putObject("registration_information").put("registration_state", state);
            }
            var document = Server.document("User", attributes);
            if (passwordFile != null) {
                ((ObjectNode) document.at("/data"))
                        .putObject("meta")
                        .putObject("security")
                        .put("user_password", firstLine(passwordFile));
            }
            return document;
        }

        private static void put(ObjectNode object, String name, @Nullable String value) {
            if (value != null) {
                object.put(name, value.isEmpty() ? null : value);
            }
        }

        private static String firstLine(Path file) {
            try (var lines = Files.lines(file)) {
                return lines.findFirst().orElse("");
            } catch (IOException | UncheckedIOException e) {
                throw new Failure(Failure.MISUSED, "--password-file: " + file + " cannot be read.");
            }
        }
    }

    /// The filters of a search.
    static final class Wanted {
        @Option(names = "--name", description = "A part of the name, 2 characters or more.")
        @Nullable
        String name;

        @Option(names = "--telephone", paramLabel = "NUMBER", description = "A telephone number.")
        @Nullable
        String telephone;

        @Option(names = "--state", description = "UNREGISTERED or REGISTERED.")
        @Nullable
        String state;

        @Option(names = "--flag", paramLabel = "FLAG", description = "Has any of these; repeatable.")
        @Nullable
        List<String> flags;

        String query() {
            return and("name", name)
                    + and("telephone_number", telephone == null ? null : telephone.replaceAll("[^0-9]", ""))
                    + and("registration_state", state)
                    + (flags == null ? "" : "&" + filter("user_flags", flags));
        }

        private static String and(String name, @Nullable String value) {
            return value == null ? "" : "&" + filter(name, List.of(value));
        }
    }

    @Command(name = "find", description = "Find users by their e-mail address, ids, name, telephone number or state.")
    void find(
            @Mixin Format format,
            @Parameters(paramLabel = "USER", arity = "0..1", description = NAMED) @Nullable String user,
            @ArgGroup(exclusive = false) @Nullable Wanted wanted,
            @Option(
                            names = {"-n", "--first"},
                            defaultValue = "50",
                            description = "How many, 1 to 1000; usually 50.")
                    int most) {
        var query = wanted == null ? "" : wanted.query();
        if (user == null && query.isEmpty()) {
            throw new Failure(Failure.MISUSED, "Name whom to find: an e-mail address, an id, or --name; see --help.");
        }
        var page = page(user, "&page%5Bsize%5D=" + most + query);
        if (format.json(terminal)) {
            page.at("/data").forEach(one -> terminal.say(one.toString()));
            return;
        }
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("EXTERNAL ID", "NAME", "E-MAIL", "STATE", "ID"));
        for (var one : page.at("/data")) {
            rows.add(List.of(
                    Words.text(one.at("/attributes/external_id")),
                    Words.text(one.at("/attributes/name")),
                    Words.text(one.at("/attributes/contact_details/email")),
                    state(one),
                    one.at("/id").asString()));
        }
        terminal.table(rows);
        if (page.at("/links/next").isString()) {
            terminal.say("There are more; -n shows more of them.");
        }
    }

    /// The users with this filter. A name that looks like an id or an address may also be an external id.
    private JsonNode page(@Nullable String user, String query) {
        if (user == null) {
            return terminal.ofTenant().get("/users?" + query.substring(1));
        }
        var first = user.matches(Lookup.UUID) ? "id" : user.contains("@") ? "email" : "external_id";
        var page = terminal.ofTenant().get("/users?" + filter(first, List.of(user)) + query);
        return page.at("/data").isEmpty() && !first.equals("external_id")
                ? terminal.ofTenant().get("/users?" + filter("external_id", List.of(user)) + query)
                : page;
    }

    /// Any of these values. Commas separate them, and a backslash makes a comma part of one.
    private static String filter(String name, List<String> values) {
        return "filter%5B" + name + "%5D="
                + Server.encoded(values.stream()
                        .map(value -> value.replace("\\", "\\\\").replace(",", "\\,"))
                        .collect(Collectors.joining(",")));
    }

    private static String state(JsonNode user) {
        var suspended = user.at("/attributes/user_flags")
                .valueStream()
                .anyMatch(flag -> flag.asString().equals(SUSPENDED));
        var state = user.at("/attributes/registration_information/registration_state")
                .asString();
        return suspended ? state + ", suspended" : state;
    }

    @Command(name = "show", description = "Show a user.")
    void show(@Mixin Format format, @Parameters(paramLabel = "USER", description = NAMED) String user) {
        var found = named(user);
        show(format, terminal.ofTenant().get(path(found)));
    }

    @Command(name = "create", description = "Create a user.")
    void create(
            @Mixin Format format,
            @ArgGroup(exclusive = false) @Nullable Members members,
            @Option(names = "--flag", paramLabel = "FLAG", description = "A flag; repeatable.") @Nullable
                    List<String> flags) {
        var document = (members == null ? new Members() : members).document();
        Words.put((ObjectNode) document.at("/data/attributes"), "user_flags", flags);
        show(format, terminal.ofTenant().post("/users", document));
    }

    @Command(
            name = "update",
            description = "Change a user; everything that is not given remains unchanged.",
            footer = "An empty value, such as --email \"\", removes it.")
    void update(
            @Mixin Format format,
            @Parameters(paramLabel = "USER", description = NAMED) String user,
            @ArgGroup(exclusive = false) @Nullable Members members,
            @Option(names = "--add-flag", paramLabel = "FLAG", description = "Repeatable.") @Nullable
                    List<String> added,
            @Option(names = "--remove-flag", paramLabel = "FLAG", description = "Repeatable.") @Nullable
                    List<String> removed) {
        if (members == null && added == null && removed == null) {
            throw new Failure(Failure.MISUSED, "Name what to change, such as --email; see --help.");
        }
        var document = (members == null ? new Members() : members).document();
        show(format, change(named(user), document, orEmpty(added), orEmpty(removed)));
    }

    private static List<String> orEmpty(@Nullable List<String> flags) {
        return flags == null ? List.of() : flags;
    }

    private JsonNode change(JsonNode user, ObjectNode document, List<String> added, List<String> removed) {
        if (!added.isEmpty() || !removed.isEmpty()) {
            var flags = new TreeSet<String>();
            user.at("/attributes/user_flags").forEach(flag -> flags.add(flag.asString()));
            flags.addAll(added);
            removed.forEach(flags::remove);
            Words.put((ObjectNode) document.at("/data/attributes"), "user_flags", flags);
        }
        return terminal.ofTenant().patchWith(path(user), user, document);
    }

    @Command(
            name = "suspend",
            description = "Suspend a user: no login, until --lift. The registration remains (flag LOGIN_RESTRICTED).")
    void suspend(
            @Mixin Format format,
            @Parameters(paramLabel = "USER", description = NAMED) String user,
            @Option(names = "--lift", description = "End the suspension.") boolean lift) {
        var flag = List.of(SUSPENDED);
        var document = Server.document("User", Server.object());
        show(format, change(named(user), document, lift ? List.of() : flag, lift ? flag : List.of()));
    }

    @Command(name = "delete", description = "Delete a user.")
    void delete(
            @Parameters(paramLabel = "USER", description = NAMED) String user,
            @Option(names = "--yes", required = true, description = "Yes, delete the user.") boolean yes) {
        var found = named(user);
        terminal.ofTenant().delete(path(found));
        terminal.say("Deleted " + found.at("/id").asString() + ".");
    }

    @Command(
            name = "export",
            description = "Export everything that Roster holds about a person, as JSON, for a request under the GDPR.",
            footer = {
                "Also exports a user that was deleted and can still be restored, by its id or external id.",
                "The key needs the scope privacy. Each export is in the audit log."
            })
    void export(
            @Parameters(paramLabel = "USER", description = NAMED) String user,
            @Option(
                            names = {"-o", "--output"},
                            paramLabel = "FILE",
                            description = "The file to write, which only you can read; usually standard output.")
                    @Nullable
                    Path output) {
        var export = new PersonalDataExport(terminal, "/users/" + idOf(user) + "/personal_data_exports");
        if (output == null) {
            export.print();
        } else {
            export.save(output);
        }
    }

    @Command(
            name = "restore",
            description = "Restore a deleted user, with its profiles and password.",
            footer = "USER is the id, or the external id that the user had; the latest one that was deleted with it.")
    void restore(@Mixin Format format, @Parameters(paramLabel = "USER") String user) {
        var id = user.matches(Lookup.UUID) ? user : deleted(user).asString();
        show(
                format,
                terminal.ofTenant().post("/deleted_users/" + id + "/restorations", "UserRestoration", Server.object()));
    }

    @Command(
            name = "erase",
            description = "Erase a person: everything that Roster holds, at once, without return.",
            footer = {
                "Also erases users that are deleted or purged, by their id or external id.",
                "The key needs the scope privacy. Keep the id of the receipt that is printed."
            })
    void erase(
            @Mixin Format format,
            @Parameters(paramLabel = "USER", description = NAMED) String user,
            @Option(names = "--yes", required = true, description = "Yes, erase the person.") boolean yes) {
        var living = user.matches(Lookup.UUID) ? null : page(user, "").at("/data/0/id");
        var attributes = Server.object();
        if (living == null) {
            attributes.put("user_id", user);
        } else if (living.isString()) {
            attributes.put("user_id", living.asString());
        } else {
            attributes.put("external_id", user);
        }
        receipt(format, terminal.ofTenant().post("/erasures", "Erasure", attributes));
    }

    private void receipt(Format format, JsonNode document) {
        if (format.json(terminal)) {
            terminal.json(document);
            return;
        }
        var attributes = document.at("/data/attributes");
        var lines = new ArrayList<List<String>>();
        lines.add(List.of("Receipt", document.at("/data/id").asString()));
        lines.add(List.of("User", attributes.at("/user_id").asString()));
        lines.add(List.of("Erased", Words.time(attributes.at("/finished_time"))));
        for (var removed : attributes.at("/removed")) {
            lines.add(List.of(
                    removed.at("/place").asString(), removed.at("/count").asString()));
        }
        terminal.pairs(lines);
    }

    /// The id of a user that may be deleted.
    private String idOf(String user) {
        if (user.matches(Lookup.UUID)) {
            return user;
        }
        var living = page(user, "").at("/data/0/id");
        return living.isString() ? living.asString() : deleted(user).asString();
    }

    private JsonNode deleted(String externalId) {
        var found = terminal.ofTenant()
                .get("/deleted_users?" + filter("external_id", List.of(externalId)))
                .at("/data/0/id");
        if (!found.isString()) {
            throw new Failure(Failure.REFUSED, "There is no user " + externalId + ", and none was deleted.");
        }
        return found;
    }

    @Command(
            name = "resend-activation",
            description = "Mail a new activation link; former ones end.",
            footer = "With --print, no mail is sent: hand the link over yourself. Whoever has it can set the password.")
    void resendActivation(
            @Mixin Format format,
            @Parameters(paramLabel = "USER", description = NAMED) String user,
            @Option(names = "--print", description = "Print the link instead of mailing it.") boolean print) {
        var attributes = Server.object().put("delivery", print ? "none" : "email");
        var made = terminal.ofTenant().post(path(named(user)) + "/activation_links", "ActivationLink", attributes);
        if (format.json(terminal)) {
            terminal.json(made);
        } else if (print) {
            terminal.say(made.at("/data/attributes/url").asString());
        } else {
            terminal.say("The link is being mailed; it is valid until "
                    + Words.time(made.at("/data/attributes/expires_time")) + ".");
        }
    }

    private static String path(JsonNode user) {
        return "/users/" + user.at("/id").asString();
    }

    private JsonNode named(String user) {
        var found = page(user, "").at("/data");
        if (found.isEmpty()) {
            throw new Failure(Failure.REFUSED, "There is no user " + user + ".");
        }
        return found.at("/0");
    }

    private void show(Format format, JsonNode document) {
        if (format.json(terminal)) {
            terminal.json(document);
            return;
        }
        var user = document.at("/data");
        var attributes = user.at("/attributes");
        terminal.pairs(List.of(
                List.of("Name", Words.text(attributes.at("/name"))),
                List.of("E-mail", Words.text(attributes.at("/contact_details/email"))),
                List.of("Telephone", Words.text(attributes.at("/contact_details/telephone_number_E123"))),
                List.of("External id", Words.text(attributes.at("/external_id"))),
                List.of("Id", user.at("/id").asString()),
                List.of("State", state(user)),
                List.of("Registered", Words.time(attributes.at("/registration_information/registration_time"))),
                List.of("Password", user.at("/meta/security/password_set").asBoolean() ? "set" : "none"),
                List.of("Flags", Words.list(attributes.at("/user_flags"), "-")),
                List.of("Created", Words.time(user.at("/meta/created_time"))),
                List.of("Updated", Words.time(user.at("/meta/updated_time")))));
    }
}
