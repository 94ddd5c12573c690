package tv.roster.platform.database.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.platform.database.session.DatabaseAddress.Host;

class DatabaseAddressTest {
    @ParameterizedTest
    @CsvSource({
        "postgresql://u:p@db.example:5433/users, db.example, 5433, users, u, p, prefer",
        "postgres://u:p@db.example/users, db.example, 5432, users, u, p, prefer",
        "postgresql://u@db.example/users, db.example, 5432, users, u, '', prefer",
        "postgresql://u:p@[::1]:5433/users, ::1, 5433, users, u, p, prefer",
        "postgresql://u:p@[2001:db8::7]/users, 2001:db8::7, 5432, users, u, p, prefer",
        "postgresql://u:p@my_db:5432/users, my_db, 5432, users, u, p, prefer",
        "postgresql://u%40x:p%3A%2F%40%25%23@h/d%20b, h, 5432, d b, u@x, p:/@%#, prefer",
        "postgresql://u:a+b@h/d, h, 5432, d, u, a+b, prefer",
        "postgresql://ä:ö@h/d, h, 5432, d, ä, ö, prefer",
        "postgresql://u:p@h/d?sslmode=disable, h, 5432, d, u, p, disable",
        "postgresql://u:p@h/d?sslmode=require, h, 5432, d, u, p, require",
        "postgresql://u:p@h/d?sslmode=verify-full, h, 5432, d, u, p, verify-full",
        "postgresql://u:p@h/d?, h, 5432, d, u, p, prefer"
    })
    void readsUrls(String url, String host, int port, String database, String user, String password, String mode) {
        DatabaseAddress address = DatabaseAddress.parse(url);

        assertThat(address.host()).isEqualTo(host);
        assertThat(address.port()).isEqualTo(port);
        assertThat(address.database()).isEqualTo(database);
        assertThat(address.user()).isEqualTo(user);
        assertThat(address.password().value()).isEqualTo(password);
        assertThat(address.sslMode().word()).isEqualTo(mode);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "db.example",
                "mysql://u:hush@h/d",
                "jdbc:postgresql://h/d",
                "postgresql://u:hush@h",
                "postgresql://u:hush@h/",
                "postgresql://h/d",
                "postgresql://:hush@h/d",
                "postgresql://u:hush@/d",
                "postgresql://u:hush@h:0/d",
                "postgresql://u:hush@h:65536/d",
                "postgresql://u:hush@h:x/d",
                "postgresql://u:hush@h1,,h2/d",
                "postgresql://u:hush@h1,/d",
                "postgresql://u:hush@h1,h2:0/d",
                "postgresql://u:hush@h1/d?target_session_attrs=any",
                "postgresql://u:hush@h1/d?target_session_attrs",
                "postgresql://u:hush@::1/d",
                "postgresql://u:hush@h/d?sslmode=sometimes",
                "postgresql://u:hush@h/d?sslmode",
                "postgresql://u:hush@h/d?user=x",
                "postgresql://u:hush%zz@h/d",
                "postgresql://u:hush%00@h/d",
                "postgresql://u:hu/sh@h/d",
                "postgresql://u:hush@h/d#x"
            })
    void refusesOtherUrlsWithoutRepeatingThePassword(String url) {
        assertThatThrownBy(() -> DatabaseAddress.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hush")
                .message()
                .isNotBlank();
    }

    @Test
    void readsSeveralHosts() {
        var address = DatabaseAddress.parse(
                "postgresql://u:hush@one.example,[2001:db8::7]:5433,three:6432/d?target_session_attrs=read-write&sslmode=require");
        assertThat(address.hosts())
                .containsExactly(new Host("one.example", 5432), new Host("2001:db8::7", 5433), new Host("three", 6432));
        assertThat(address.sslMode().word()).isEqualTo("require");
        assertThat(address.place()).isEqualTo("one.example:5432, 2001:db8::7:5433, three:6432");
        assertThat(address.jdbcUrl())
                .isEqualTo("jdbc:postgresql://one.example:5432,[2001:db8::7]:5433,three:6432/d?sslmode=require"
                        + "&targetServerType=primary&hostRecheckSeconds=1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify-ca", "verify-full"})
    void certificatesAreVerifiedAgainstTheAuthoritiesOfJava(String mode) {
        assertThat(DatabaseAddress.parse("postgresql://u:p@h/d?sslmode=" + mode).jdbcUrl())
                .isEqualTo("jdbc:postgresql://h:5432/d?sslmode=" + mode
                        + "&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory");
    }

    @Test
    void doesNotPrintThePassword() {
        DatabaseAddress address = DatabaseAddress.parse("postgresql://u:hush@[::1]:5433/d%20b?sslmode=require");

        assertThat(address.toString()).contains("***").doesNotContain("hush");
        assertThat(address.jdbcUrl()).isEqualTo("jdbc:postgresql://[::1]:5433/d%20b?sslmode=require");
    }
}
