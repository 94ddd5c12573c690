package tv.roster.values.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;
import tv.roster.values.people.Person.Values;

class PersonTest {
    private static final UUID USER = UUID.randomUUID();
    private static final Person ANNA = Person.of(
            new TenantId(UUID.randomUUID()),
            new UserId(USER),
            List.of(
                    new Values("crm-4711", "Anna@Example.org", "+358 40 123 4567", "Anna Virtanen"),
                    new Values(null, "former@example.org", null, "Anna Korhonen")));

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
        assertThat(Person.of(ANNA.tenant(), ANNA.user(), List.of()).is(null, "", "", ""))
                .isFalse();
    }

    @Test
    void isFoundInTextsByItsNameAsWell() {
        assertThat(ANNA.isNamedIn("ANNA KORHONEN is not allowed")).isTrue();
        assertThat(ANNA.isNamedIn("/users/" + USER)).isTrue();
        assertThat(ANNA.isNamedIn("Anna")).isFalse();
    }

    @Test
    void isNotFoundWhereAValueIsAPartOfALongerWord() {
        assertThat(ANNA.isNamedIn("order crm-47112")).isFalse();
        assertThat(ANNA.isNamedIn("joanna@example.org")).isFalse();
        assertThat(ANNA.isNamedIn("anna@example.organic")).isFalse();
        assertThat(ANNA.isNamedIn("delete-anna@example.org")).isTrue();
        assertThat(ANNA.isNamedIn("(+358 40 123 4567)")).isTrue();
        assertThat(ANNA.isNamedIn("+358 40 123 45678")).isFalse();
    }

    @Test
    void isFoundByShortAndStrangeValues() {
        var strange = Person.of(
                ANNA.tenant(),
                ANNA.user(),
                List.of(new Values("1", null, null, "A"), new Values("%_\"\\x", null, null, "Bo")));
        assertThat(strange.isNamedIn("A user has the version 11 and 1x.")).isFalse();
        assertThat(strange.isNamedIn("users/1")).isTrue();
        assertThat(strange.isNamedIn("is %_\"\\X.")).isTrue();
        assertThat(strange.isNamedIn("is %_\\\"\\\\x in JSON")).isTrue();
        assertThat(strange.isNamedIn("is x alone")).isFalse();
    }

    @Test
    void doesNotShowItsValuesAsAText() {
        assertThat(ANNA.toString()).contains(USER.toString()).doesNotContain("nna", "4711", "123");
    }
}
