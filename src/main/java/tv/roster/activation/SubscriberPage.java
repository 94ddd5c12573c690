package tv.roster.activation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.roster.credentials.strength.Password;
import tv.roster.platform.templates.BrandStylesheet;
import tv.roster.platform.templates.Stylesheet;
import tv.roster.values.brands.Brand;
import tv.roster.values.brands.BrandUrl;
import tv.roster.values.languages.Language;
import tv.roster.values.languages.Texts;

/// The model of the template `subscriber`. `root` is the relative path from the page to the server's root. `self`
/// is the page's own address for links to its other languages; null if the page cannot be opened again.
public record SubscriberPage(
        Texts texts,
        Language language,
        @Nullable TenantLook tenant,
        String root,
        @Nullable String self,
        Content content) {
    /// The main content of the page.
    public sealed interface Content {
        /// The prefix of the keys of its texts.
        String key();

        /// The keys of the texts about what is wrong with the input.
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

        /// Whether to mark this field as wrong: the second one (`repeated`) if the two differ, otherwise the first.
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

    /// A page without a form; `good` if it reports a success.
    public record Message(String key, boolean good) implements Content {}

    /// A text of the page; `{0}` is the tenant's name, `{1}` and `{2}` are the minimum and maximum length of a
    /// password.
    public String text(String key) {
        return texts.text(language, key, name(), Password.SHORTEST, Password.LONGEST);
    }

    public String title() {
        return text(content.key() + ".title");
    }

    public String name() {
        return tenant == null ? "" : tenant.name();
    }

    /// The first letter of the tenant's name, for its logo.
    public String initial() {
        return name().isEmpty() ? "" : Character.toString(Character.toUpperCase(name().codePointAt(0)));
    }

    private Brand brand() {
        return tenant == null ? Brand.NONE : tenant.brand();
    }

    public @Nullable BrandUrl logo() {
        return brand().logo();
    }

    /// Where the page leads if the person has nothing left to do on it.
    public @Nullable BrandUrl continueUrl() {
        return content instanceof Message message
                        && (message.good() || message.key().equals("gone"))
                ? brand().continueUrl()
                : null;
    }

    /// The stylesheet of the tenant's colour; null if it has none.
    public @Nullable String brandStylesheet() {
        var color = brand().color();
        return color == null ? null : root + BrandStylesheet.path(color).substring(1);
    }

    public String stylesheet() {
        return root + Stylesheet.PAGES.path().substring(1);
    }

    /// The languages to choose from; empty if there is no choice.
    public List<Language> languages() {
        return self == null || tenant == null || tenant.languages().size() < 2 ? List.of() : tenant.languages();
    }

    public String in(Language other) {
        return self + (self != null && self.contains("?") ? "&" : "?") + "lang=" + other.tag();
    }
}
