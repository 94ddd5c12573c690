package tv.roster.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tv.roster.access.allowlist.AllowList;
import tv.roster.access.allowlist.CidrBlock;
import tv.roster.access.allowlist.IpAddress;
import tv.roster.platform.problems.InvalidValue;

/// `./roster allow-list …`
@Command(
        name = "allow-list",
        description = "The networks that a tenant, or a key, may be used from.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./roster allow-list show north-tv",
            "  ./roster allow-list set north-tv 192.0.2.0/24 2001:db8::/32",
            "  ./roster allow-list set north-tv --add 198.51.100.7",
            "  ./roster allow-list test north-tv 198.51.100.7"
        })
final class AllowListCommands {
    private final Terminal terminal;

    AllowListCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(name = "show", description = "Show a list.")
    void show(
            @Mixin Format format,
            @Parameters(paramLabel = "TENANT", arity = "0..1", description = "Its slug or id.") @Nullable String tenant,
            @Option(names = "--key", description = "A key's prefix or id: the key's own list.") @Nullable String key) {
        print(format, holder(tenant, key));
    }

    @Command(name = "set", description = "Replace a list, or add to it and take from it.")
    void set(
            @Mixin Format format,
            @Parameters(index = "0", paramLabel = "TENANT", description = "Its slug or id.") String tenant,
            @Parameters(index = "1..*", arity = "0..*", paramLabel = "CIDR", description = "The whole new list.")
                    @Nullable
                    List<String> blocks,
            @Option(names = "--add", paramLabel = "CIDR", description = "Add to the list; repeatable.") @Nullable
                    List<String> added,
            @Option(names = "--remove", paramLabel = "CIDR", description = "Take from the list; repeatable.") @Nullable
                    List<String> removed,
            @Option(names = "--everywhere", description = "Empty the list: calls from every address are allowed.")
                    boolean everywhere,
            @Option(names = "--key", description = "A key's prefix or id: the key's own list.") @Nullable String key) {
        List<String> whole = blocks == null ? List.of() : blocks;
        boolean replaced = !whole.isEmpty();
        if ((replaced ? 1 : 0) + (everywhere ? 1 : 0) + (added != null || removed != null ? 1 : 0) != 1) {
            throw new Failure(Failure.MISUSED, "Name the new list, or --add and --remove, or --everywhere.");
        }
        var holder = holder(tenant, key);
        var wanted = everywhere ? List.<String>of() : replaced ? whole : changed(holder, added, removed);
        var attributes = Server.object();
        Words.put(attributes, "ip_allow_list", wanted);
        var folder = holder.at("/type").asString().equals("Tenant") ? "/tenants/" : "/api_keys/";
        print(
                format,
                terminal.server()
                        .patch(folder + holder.at("/id").asString(), holder, attributes)
                        .at("/data"));
    }

    private static List<String> changed(JsonNode holder, @Nullable List<String> added, @Nullable List<String> removed) {
        var blocks = new ArrayList<>(blocks(holder));
        for (var block : removed == null ? List.<String>of() : removed) {
            if (!blocks.remove(parse(block))) {
                throw new Failure(Failure.REFUSED, block + " is not in the list.");
            }
        }
        if (blocks.isEmpty() && removed != null && added == null) {
            throw new Failure(
                    Failure.MISUSED,
                    "That would empty the list, which allows calls from every address; to confirm that, use --everywhere.");
        }
        for (var block : added == null ? List.<String>of() : added) {
            blocks.add(parse(block));
        }
        return blocks.stream().map(CidrBlock::toString).toList();
    }

    @Command(name = "test", description = "Test whether a call from an address would be allowed; exit status 4 if not.")
    void test(
            @Mixin Format format,
            @Parameters(index = "0", paramLabel = "TENANT", description = "Its slug or id.") String tenant,
            @Parameters(index = "1", paramLabel = "ADDRESS", description = "An IPv4 or IPv6 address.") String text,
            @Option(names = "--key", description = "A key's prefix or id: its list has to hold as well.") @Nullable
                    String key) {
        IpAddress address;
        try {
            address = IpAddress.parse(text);
        } catch (InvalidValue e) {
            throw new Failure(Failure.MISUSED, text + ": " + e.detail());
        }
        var words = new ArrayList<String>();
        words.add(judge(address, holder(tenant, null), "tenant " + tenant));
        if (key != null) {
            words.add(judge(address, holder(null, key), "key " + key));
        }
        if (format.json(terminal)) {
            terminal.json(Server.object().put("address", address.toString()).put("allowed", true));
        } else {
            words.forEach(terminal::say);
        }
    }

    private static String judge(IpAddress address, JsonNode holder, String whose) {
        var list = new AllowList(blocks(holder));
        if (!list.allows(address)) {
            throw new Failure(
                    Failure.NOT_ALLOWED,
                    address + " is not allowed: it is in no network of the list of " + whose + ".");
        }
        var by = list.blocks().stream()
                .filter(block -> block.contains(address))
                .findFirst()
                .map(block -> "by " + block)
                .orElse("by the empty list");
        return address + " is allowed " + by + " of " + whose + ".";
    }

    private JsonNode holder(@Nullable String tenant, @Nullable String key) {
        var found = new Lookup(terminal.server());
        if (key != null) {
            return found.key(key);
        }
        if (tenant == null) {
            throw new Failure(Failure.MISUSED, "Name a tenant, or a key with --key.");
        }
        return found.tenant(tenant);
    }

    private static List<CidrBlock> blocks(JsonNode holder) {
        return holder.at("/attributes/ip_allow_list")
                .valueStream()
                .map(block -> CidrBlock.parse(block.asString()))
                .toList();
    }

    private static CidrBlock parse(String text) {
        try {
            return CidrBlock.parse(text);
        } catch (InvalidValue e) {
            throw new Failure(Failure.MISUSED, text + ": " + e.detail());
        }
    }

    private void print(Format format, JsonNode holder) {
        if (format.json(terminal)) {
            terminal.json(holder.at("/attributes/ip_allow_list"));
            return;
        }
        var blocks = holder.at("/attributes/ip_allow_list");
        if (blocks.isEmpty()) {
            terminal.say("everywhere (the list is empty)");
        }
        blocks.forEach(block -> terminal.say(block.asString()));
    }
}
