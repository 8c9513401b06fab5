package io.edgemc.placement.resolve.customize;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * The part of Go templates that names parameters: {@code {{ .name }}}, {@code {{ index . "any/name" }}} and {@code {{ "text" }}}.
 * Pipelines, functions, conditions and loops are errors.
 */
final class TemplateExpansion {
    private static final Pattern ACTION = Pattern.compile(
            "\\s*(?:\\.([A-Za-z_][A-Za-z0-9_]*)" + "|index\\s+\\.\\s+\"([^\"\\\\]*)\"|\"([^\"\\\\]*)\")\\s*");

    private TemplateExpansion() {}

    static void expand(ObjectNode object, Parameters parameters) throws RenderException {
        LeafStrings.rewrite(object, (text, field) -> expand(text, field, parameters));
    }

    static String expand(String text, String field, Parameters parameters) throws RenderException {
        int open = text.indexOf("{{");
        if (open < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int done = 0;
        while (open >= 0) {
            int close = text.indexOf("}}", open);
            if (close < 0) {
                throw new RenderException(field, "\"{{\" without \"}}\"");
            }
            out.append(text, done, open).append(action(text.substring(open + 2, close), field, parameters));
            done = close + 2;
            open = text.indexOf("{{", done);
        }
        return out.append(text, done, text.length()).toString();
    }

    private static String action(String action, String field, Parameters parameters) throws RenderException {
        Matcher matcher = ACTION.matcher(action);
        if (!matcher.matches()) {
            throw new RenderException(
                    field, "a template may hold {{ .name }}, {{ index . \"name\" }} and {{ \"text\" }} only");
        }
        String literal = matcher.group(3);
        if (literal != null) {
            return literal;
        }
        String name = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        return parameters.require(String.valueOf(name), field);
    }
}
