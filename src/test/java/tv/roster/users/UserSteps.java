package tv.roster.users;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import tv.roster.access.KnownTenant;
import tv.roster.access.TenantSettings;
import tv.roster.access.allowlist.AllowList;
import tv.roster.platform.json.Json;
import tv.roster.platform.jsonapi.Cursors;
import tv.roster.platform.jsonapi.Fieldsets;
import tv.roster.users.v4.UserReader;
import tv.roster.users.v4.UserResource;
import tv.roster.values.Cursor;
import tv.roster.values.ids.ProfileId;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;

/// The hot steps of requests about users, one by one: for micro-benchmarks, and for the guard on what they
/// allocate.
public final class UserSteps {
    private static final String BASE = "http://127.0.0.1:8080/api/user/management/v4";

    private final KnownTenant tenant = new KnownTenant(
            new TenantId(new UUID(1, 2)),
            "steps",
            "Steps",
            Set.of("PREMIUM"),
            AllowList.EVERYONE,
            TenantSettings.DEFAULT);
    private final Cursors cursors = new Cursors(new byte[32]);
    private final String list = tenant.id() + "/users?";
    private final Cursor place = new Cursor("aino virtanen", new UUID(3, 4));
    private final String sealed = cursors.seal(place, list);
    private final byte[] create = body("create.json");
    private final byte[] patch = body("patch.json");
    private final User user = new User(
            new UserId(new UUID(0x019A_0000_0000_7000L, 5)),
            3,
            "Aino Hämäläinen",
            List.of("LOGIN_RESTRICTED"),
            "aino.hamalainen@mail.example.com",
            "+358 40 123 4567",
            1_760_000_000L,
            "CID-123456789",
            new ProfileId(new UUID(6, 7)),
            true,
            1_760_000_000L,
            List.of());

    private final List<User> page = Collections.nCopies(50, user);
    private final byte[] buffer = new byte[72 << 10];

    /// The same bodies as `./roster bench` sends.
    private static byte[] body(String name) {
        try {
            return Files.readString(Path.of("bench", "wrk", name))
                    .replace("{id}", new UUID(8, 9).toString())
                    .replace("{number}", "4071829")
                    .replaceAll("\\{\\w+}", "123456789")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// From 50 users to the bytes of their resources, in an array that is used again.
    public ByteBuffer writePage() {
        return Json.write(buffer, json -> {
            var resource = new UserResource(BASE, Fieldsets.ALL, false);
            json.writeStartArray();
            page.forEach(user -> resource.write(json, user));
            json.writeEndArray();
        });
    }

    /// From a user to the bytes of its resource.
    public byte[] writeUser() {
        return Json.write(json -> new UserResource(BASE, Fieldsets.ALL, false).write(json, user));
    }

    /// From the bytes of a POST to what it wants.
    public UserChange readCreate() {
        return new UserReader(create, tenant).create();
    }

    /// From the bytes of a PATCH to what it wants.
    public UserChange readPatch() {
        return new UserReader(patch, tenant).change();
    }

    public String sealCursor() {
        return cursors.seal(place, list);
    }

    public Cursor openCursor() {
        return cursors.open(sealed, list, "page[after]");
    }
}
