package tv.roster.values.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;

class PersonTest {
    private static final UUID USER = UUID.randomUUID();
    private static final Person ANNA = Person.of(new TenantId(UUID.randomUUID()), new UserId(USER))
            .andBy("crm-4711", "Anna@Example.org", "+358 40 123 4567", "Anna Virtanen")
            .andBy(null, "former@example.org", null, "Anna Korhonen");

    @Test
    void isRecognisedByEachOfItsValuesHoweverTheyAreWritten() {
        assertThat(ANNA.is(USER, null, null, null)).isTrue();
        assertThat(ANNA.is(null, "crm-4711", null, null)).isTrue();
        assertThat(ANNA.is(null, null, "anna@EXAMPLE.org", null)).isTrue();
        assertThat(ANNA.is(null, null, "Former@example.org", null)).isTrue();
        assertThat(ANNA.is(null, null, null, "+358401234567")).isTrue();
    }

    @Test
    void isNotMistakenForAnother() {
        assertThat(ANNA.is(UUID.randomUUID(), "CRM-4711", "anna@example.com", "+358401234568"))
                .isFalse();
        assertThat(ANNA.is(null, null, null, null)).isFalse();
        assertThat(Person.of(ANNA.tenant(), ANNA.user()).is(null, "", "", "")).isFalse();
    }

    @Test
    void isFoundInTextsByItsNameAsWell() {
        assertThat(ANNA.isNamedIn("ANNA KORHONEN is not allowed")).isTrue();
        assertThat(ANNA.isNamedIn("/users/" + USER)).isTrue();
        assertThat(ANNA.isNamedIn("Anna")).isFalse();
    }

    @Test
    void doesNotShowItsValuesAsAText() {
        assertThat(ANNA.toString()).contains(USER.toString()).doesNotContain("nna", "4711", "123");
    }
}
