package tv.roster.platform.database.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The statements of a file, without its comments.
final class SqlScript {
    /// Texts in which a semicolon ends nothing; comments are dropped.
    private static final Pattern TOKEN = Pattern.compile(
            "(?<comment>--[^\n]*|/\\*.*?\\*/)|(?<quoted>'[^']*'|\"[^\"]*\"|(\\$\\w*\\$).*?\\3)|(?<end>;)",
            Pattern.DOTALL);

    private SqlScript() {}

    static List<String> statements(String script) {
        var statements = new ArrayList<String>();
        var statement = new StringBuilder();
        var token = TOKEN.matcher(script);
        while (token.find()) {
            token.appendReplacement(
                    statement, token.group("quoted") == null ? "" : Matcher.quoteReplacement(token.group()));
            if (token.group("end") != null) {
                add(statements, statement);
            }
        }
        token.appendTail(statement);
        add(statements, statement);
        return statements;
    }

    private static void add(List<String> statements, StringBuilder statement) {
        var text = statement.toString().strip().replaceAll("\\s+", " ");
        if (!text.isEmpty()) {
            statements.add(text);
        }
        statement.setLength(0);
    }
}
