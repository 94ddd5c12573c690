package tv.roster.activation;

import java.util.ArrayList;
import java.util.List;
import tv.roster.values.brands.Brand;
import tv.roster.values.ids.TenantId;
import tv.roster.values.languages.Language;

/// A tenant as the pages show it: its name for subscribers, its brand, and the languages it offers, its own first.
public record TenantLook(TenantId id, String slug, String name, Brand brand, List<Language> languages) {
    static TenantLook of(TenantId id, String slug, String name, Brand brand, Language first, List<Language> offered) {
        var languages = new ArrayList<Language>();
        if (offered.contains(first)) {
            languages.add(first);
        }
        offered.stream().filter(language -> !languages.contains(language)).forEach(languages::add);
        return new TenantLook(id, slug, name, brand, List.copyOf(languages));
    }
}
