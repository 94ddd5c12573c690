package tv.roster.apikeys;

import java.util.List;
import tv.roster.access.ApiKeySecret;
import tv.roster.access.Scope;
import tv.roster.events.log.EventLines;
import tv.roster.platform.sql.Statements;
import tv.roster.values.Sent;
import tv.roster.values.text.Text;
import tv.roster.work.Author;

/// The way back if no admin key is left that works: a new one, which the system itself creates.
public final class AdminKeyRecovery {
    private AdminKeyRecovery() {}

    /// Throws [tv.roster.platform.problems.InvalidValue] if no key can have this name.
    public static void checkName(String name) {
        Text.checkName(name, ApiKeyChange.LONGEST_NAME);
    }

    /// Creates an admin key that works everywhere and does not expire; in force on every node within a second.
    public static ApiKeySecret create(Statements statements, EventLines lines, String name) {
        checkName(name);
        var secret = ApiKeySecret.random();
        var wanted = new ApiKeyChange(
                Sent.of(name), Sent.of(List.of(Scope.ADMIN.word())), Sent.absent(), Sent.absent(), Sent.absent());
        var _ = ApiKeysTable.create(statements, lines.ids().next(), null, secret, wanted, lines.next(Author.SYSTEM))
                .orElseThrow(ApiKeys::notFound);
        return secret;
    }
}
