package tv.roster.platform.templates;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;

/// Renders the templates, which are compiled with the code. Values are escaped and cannot become markup.
public final class Templates {
    private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);

    /// Renders the template of this name, such as `subscriber/form`, with its model.
    public String render(String name, Object model) {
        var output = new StringOutput();
        engine.render(name + ".jte", model, output);
        return output.toString();
    }
}
