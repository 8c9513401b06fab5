package io.edgemc.kube.api;

import java.util.Locale;

/** Which of the forms that this server has a client accepts. */
public final class MediaTypes {
    /** Forms of an answer. */
    public enum Form {
        OBJECT,
        TABLE,
        PARTIAL,
        PARTIAL_LIST,
        YAML
    }

    private static final String OFFERED = "application/json, application/yaml";

    private MediaTypes() {}

    /** The first acceptable form, in the client's order; 406 if there is none. */
    public static Form accepted(String accept) {
        if (accept.isBlank()) {
            return Form.OBJECT;
        }
        for (String entry : accept.split(",")) {
            String[] parts = entry.split(";", -1);
            String type = parts[0].strip().toLowerCase(Locale.ROOT);
            String as = parameter(parts, "as");
            if (type.equals("application/json") || type.equals("*/*") || type.equals("application/*")) {
                if (as.isEmpty()) {
                    return Form.OBJECT;
                }
                if (parameter(parts, "g").equals("meta.k8s.io")
                        && parameter(parts, "v").equals("v1")) {
                    switch (as) {
                        case "Table":
                            return Form.TABLE;
                        case "PartialObjectMetadata":
                            return Form.PARTIAL;
                        case "PartialObjectMetadataList":
                            return Form.PARTIAL_LIST;
                        default:
                            break;
                    }
                }
            } else if (type.equals("application/yaml") && as.isEmpty()) {
                return Form.YAML;
            }
        }
        throw ApiError.notAcceptable(OFFERED);
    }

    private static String parameter(String[] parts, String name) {
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i].strip();
            if (part.startsWith(name + "=")) {
                return part.substring(name.length() + 1);
            }
        }
        return "";
    }
}
