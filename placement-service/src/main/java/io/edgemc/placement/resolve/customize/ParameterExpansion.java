package io.edgemc.placement.resolve.customize;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code %(name)} becomes a parameter of the cluster, {@code %%} a percent sign; a percent sign before anything else stays what
 * it is. What was put in is not looked at again.
 */
final class ParameterExpansion {
    private static final JsonMapper JSON = JsonMapper.shared();

    private ParameterExpansion() {}

    static void expand(ObjectNode object, Parameters parameters) throws RenderException {
        LeafStrings.rewrite(object, (text, field) -> expand(text, field, parameters));
    }

    static String expand(String text, String field, Parameters parameters) throws RenderException {
        return expand(text, field, parameters, false);
    }

    /**
     * Expands JSON text. Within a string the parameter is escaped; outside of one it must be a JSON value by itself, so that a
     * value of a parameter can never change the structure around it.
     */
    static String expandJson(String text, String field, Parameters parameters) throws RenderException {
        return expand(text, field, parameters, true);
    }

    private static String expand(String text, String field, Parameters parameters, boolean json)
            throws RenderException {
        if (text.indexOf('%') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 32);
        boolean inString = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char next = i + 1 < text.length() ? text.charAt(i + 1) : '\0';
            if (json && inString && c == '\\') {
                out.append(c).append(next);
                i++;
            } else if (c == '%' && next == '%') {
                out.append('%');
                i++;
            } else if (c == '%' && next == '(') {
                int end = text.indexOf(')', i);
                if (end < 0) {
                    throw new RenderException(field, "\"%(\" without \")\"");
                }
                String value = parameters.require(text.substring(i + 2, end), field);
                out.append(json ? embedded(value, inString, field) : value);
                i = end;
            } else {
                inString ^= c == '"';
                out.append(c);
            }
        }
        return out.toString();
    }

    private static String embedded(String value, boolean inString, String field) throws RenderException {
        if (inString) {
            String quoted = JSON.writeValueAsString(value);
            return quoted.substring(1, quoted.length() - 1);
        }
        JsonTexts.parse(value, field, "the parameter's value");
        return value;
    }
}
