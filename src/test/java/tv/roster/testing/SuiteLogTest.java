package tv.roster.testing;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// That what is not in the log would be found if it were.
class SuiteLogTest {
    private final PersonalValues values = new PersonalValues();

    @Test
    void findsEachKindOfValueInALine() {
        values.addThoseOf(Json.json("""
                {'data':{'type':'User','attributes':{'name':'Anna Virtanen','external_id':'crm-000-4711',
                 'telephone_number_E123':'+358 40 123 4567','email':'anna@example.org','password':'correct horse 7'}}}"""));
        values.addThoseOf("/users?filter[email]=otto%40example.org");

        assertThat(values.in("Mail to <ANNA@example.org> was not sent")).contains("anna@example.org");
        assertThat(values.in("filter otto@example.org")).contains("otto@example.org");
        assertThat(values.in("name=anna virtanen")).contains("anna virtanen");
        assertThat(values.in("\"crm-000-4711\" is taken")).contains("crm-000-4711");
        assertThat(values.in("tel:+358 40 123 4567")).contains("+358 40 123 4567");
        assertThat(values.in("telephone_digits = 358401234567")).contains("358401234567");
        assertThat(values.in("password correct horse 7")).contains("correct horse 7");
    }

    @Test
    void isNotMistakenByPartsOfWordsAndCommonWords() {
        values.addThoseOf(Json.json("{'password':'password','name':'Anna','external_id':'crm-000-4711'}"));

        assertThat(values.in("a password of Anna")).isEmpty();
        assertThat(values.in("crm-000-47110")).isEmpty();
        assertThat(values.in("xcrm-000-4711")).isEmpty();
        assertThat(values.count()).isEqualTo(1);
    }

    @Test
    void searchesMessagesPairsAndThrownOnesAtEveryLevel() {
        values.add("anna@example.org");
        var loggers = new LoggerContext();
        var search = new SuiteLog.Search(values);
        search.setContext(loggers);
        search.start();
        var log = loggers.getLogger("any");
        log.setLevel(Level.TRACE);
        log.addAppender(search);

        log.trace("To {}", "anna@example.org");
        log.atInfo().addKeyValue("to", "anna@example.org").log("Sent");
        log.warn("Not sent", new IllegalStateException("no", new IllegalArgumentException("anna@example.org")));
        log.info("To ***");
        search.stop();

        assertThat(search.found).hasSize(3);
    }

    @Test
    void linesOfRosterAreSearchedAtTheLowestLevel() {
        assertThat(LoggerFactory.getLogger("tv.roster.Any").isTraceEnabled()).isTrue();
    }
}
