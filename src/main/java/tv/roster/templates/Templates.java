package tv.roster.templates;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;

/// Fills the templates, which were compiled with the code; a value in them cannot become markup.
public final class Templates {
    private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);

    /// The template of this name, such as `subscriber/form`, filled from the one record that it takes.
    public String render(String name, Object model) {
        var output = new StringOutput();
        engine.render(name + ".jte", model, output);
        return output.toString();
    }
}
