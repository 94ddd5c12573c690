package tv.roster.activation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.roster.credentials.strength.Password;
import tv.roster.platform.templates.Stylesheet;
import tv.roster.values.languages.Language;
import tv.roster.values.languages.Texts;

/// What the template `subscriber` shows. `root` leads from the page's address to the server's; `self` is the page's own
/// address for its links to other languages, null where it cannot be opened again.
public record SubscriberPage(
        Texts texts,
        Language language,
        @Nullable TenantLook tenant,
        String root,
        @Nullable String self,
        Content content) {
    /// What stands in the middle of the page.
    public sealed interface Content {
        /// The beginning of the keys of its texts.
        String key();

        /// The keys of what is wrong with what was sent.
        default List<String> problems() {
            return List.of();
        }
    }

    /// The form for a password; the token is a secret.
    public record PasswordForm(
            LinkKind kind, String token, @Nullable String email, List<String> problems) implements Content {
        @Override
        public String key() {
            return kind.word();
        }

        /// Whether this one of the two fields is to blame: the second only where they differ.
        public boolean isWrong(boolean repeated) {
            return !problems.isEmpty() && repeated == problems.contains("problem.differ");
        }

        @Override
        public String toString() {
            return "PasswordForm[" + kind + "]";
        }
    }

    /// The form for an e-mail address.
    public record ForgotForm(String email, List<String> problems) implements Content {
        @Override
        public String key() {
            return "forgot";
        }
    }

    /// A page without a form; `good` where something was achieved.
    public record Message(String key, boolean good) implements Content {}

    /// A text of the page, in which `{0}` is the tenant's name, `{1}` and `{2}` the shortest and the longest password.
    public String text(String key) {
        return texts.text(language, key, name(), Password.SHORTEST, Password.LONGEST);
    }

    public String title() {
        return text(content.key() + ".title");
    }

    public String name() {
        return tenant == null ? "" : tenant.name();
    }

    /// The first letter of the tenant's name, for its sign.
    public String initial() {
        return name().isEmpty() ? "" : Character.toString(Character.toUpperCase(name().codePointAt(0)));
    }

    public String stylesheet() {
        return root + Stylesheet.PATH.substring(1);
    }

    /// The languages to choose from; empty where there is no choice.
    public List<Language> languages() {
        return self == null || tenant == null || tenant.languages().size() < 2 ? List.of() : tenant.languages();
    }

    public String in(Language other) {
        return self + (self != null && self.contains("?") ? "&" : "?") + "lang=" + other.tag();
    }
}
