package io.edgemc.kube.api;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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

    /**
     * What a client gets.
     *
     * @param metaVersion version of {@code meta.k8s.io} of a table or of partial objects
     */
    public record Accepted(Form form, String metaVersion) {}

    private static final String OFFERED = "application/json, application/yaml";
    private static final List<String> JSON = List.of("application/json", "*/*");

    /** One entry of an Accept header. */
    private record Entry(String type, String as, String group, String version, double quality) {
        static Entry of(String text) {
            String[] parts = text.split(";", -1);
            return new Entry(
                    parts[0].strip().toLowerCase(Locale.ROOT),
                    parameter(parts, "as"),
                    parameter(parts, "g"),
                    parameter(parts, "v"),
                    quality(parameter(parts, "q")));
        }

        private static double quality(String text) {
            return text.matches("[01](\\.\\d{1,3})?") ? Double.parseDouble(text) : 1;
        }
    }

    private MediaTypes() {}

    /** The best acceptable form; 406 if there is none. {@code collection}: whether it is of a list, which can be watched. */
    public static Accepted accepted(String accept, boolean collection) {
        if (accept.isBlank()) {
            return new Accepted(Form.OBJECT, "v1");
        }
        List<Entry> entries = Arrays.stream(accept.split(","))
                .map(Entry::of)
                .sorted(Comparator.comparingDouble((Entry entry) -> -entry.quality()))
                .toList();
        boolean known = false;
        for (Entry entry : entries) {
            boolean yaml = entry.type().equals("application/yaml");
            if (yaml && entry.as().isEmpty()) {
                return new Accepted(Form.YAML, "v1");
            }
            if (JSON.contains(entry.type())) {
                if (entry.as().isEmpty()) {
                    return new Accepted(Form.OBJECT, "v1");
                }
                Form form = transformed(entry);
                if (form != null) {
                    return new Accepted(form, entry.version());
                }
            }
            known |= yaml || JSON.contains(entry.type());
        }
        throw known
                ? ApiError.notAcceptable("only the following media types are accepted: " + OFFERED)
                : ApiError.noneAcceptable(OFFERED + (collection ? ", application/json;stream=watch" : ""));
    }

    private static @Nullable Form transformed(Entry entry) {
        if (!entry.group().equals("meta.k8s.io") || !List.of("v1", "v1beta1").contains(entry.version())) {
            return null;
        }
        return switch (entry.as()) {
            case "Table" -> Form.TABLE;
            case "PartialObjectMetadata" -> Form.PARTIAL;
            case "PartialObjectMetadataList" -> Form.PARTIAL_LIST;
            default -> null;
        };
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
