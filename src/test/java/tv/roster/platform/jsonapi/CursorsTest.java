package tv.roster.platform.jsonapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tv.roster.platform.problems.Refusal;
import tv.roster.values.Cursor;

class CursorsTest {
    private static final byte[] FORMER = new byte[32];
    private static final byte[] KEY = {1, 2, 3, 4};

    @Test
    void aCursorThatWasSealedWithAFormerKeyIsStillOpened() {
        var cursor = new Cursor("anna", UUID.randomUUID());
        var text = new Cursors(FORMER).seal(cursor, "list");
        assertThat(new Cursors(KEY, FORMER).open(text, "list", "page[after]")).isEqualTo(cursor);
        assertThatThrownBy(() -> new Cursors(KEY).open(text, "list", "page[after]"))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void newCursorsAreSealedWithTheNewKeyAlone() {
        var cursor = new Cursor(null, UUID.randomUUID());
        var text = new Cursors(KEY, FORMER).seal(cursor, "list");
        assertThat(new Cursors(KEY).open(text, "list", "page[after]")).isEqualTo(cursor);
        assertThatThrownBy(() -> new Cursors(FORMER).open(text, "list", "page[after]"))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void aCursorThatNoKnownKeyOpensIsTriedWithTheLatestOnes() {
        var known = List.of(FORMER);
        var latest = List.of(KEY, FORMER);
        var node = new Cursors(() -> known, () -> latest);
        var cursor = new Cursor("anna", UUID.randomUUID());
        assertThat(node.open(new Cursors(KEY).seal(cursor, "list"), "list", "page[after]"))
                .isEqualTo(cursor);
        assertThat(node.seal(cursor, "list")).isEqualTo(new Cursors(FORMER).seal(cursor, "list"));
    }
}
