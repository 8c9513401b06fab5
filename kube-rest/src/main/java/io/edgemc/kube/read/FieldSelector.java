package io.edgemc.kube.read;

import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.Target;
import io.edgemc.kube.kind.ServedKind;
import io.edgemc.kube.schema.GoFields;
import io.edgemc.kube.schema.Schema;
import io.edgemc.kube.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A parsed {@code fieldSelector} parameter; only fields that beyond metadata are selectable need an object parsed. */
public final class FieldSelector {
    private record Requirement(String field, String value, boolean equal, String absent) {}

    private static final Set<String> METADATA = Set.of("metadata.name", "metadata.namespace");

    private final List<Requirement> requirements;

    private FieldSelector(List<Requirement> requirements) {
        this.requirements = requirements;
    }

    /** Throws 400 for what does not parse and for fields that the kind does not offer. */
    public static FieldSelector parse(String text, Target target) {
        List<Requirement> found = new ArrayList<>();
        for (String term : terms(text)) {
            if (!term.isBlank()) {
                found.add(requirement(term, target));
            }
        }
        return new FieldSelector(List.copyOf(found));
    }

    private static Requirement requirement(String term, Target target) {
        int unequal = term.indexOf("!=");
        int twice = term.indexOf("==");
        int once = term.indexOf('=');
        int at = unequal >= 0 ? unequal : twice >= 0 ? twice : once;
        if (at < 0) {
            throw ApiError.badRequest("invalid selector: '" + term + "'; can't understand '" + term + "'");
        }
        String field = term.substring(0, at).strip();
        if (!METADATA.contains(field) && !target.served().selectableFields().contains(field)) {
            boolean own = target.kind().origin() != ServedKind.Origin.BUILT_IN
                    || !target.served().selectableFields().isEmpty();
            throw ApiError.badRequest(
                    own
                            ? "field label not supported: " + field
                            : "\"" + field + "\" is not a known field selector: only \"metadata.name\","
                                    + " \"metadata.namespace\"");
        }
        int length = unequal >= 0 || twice >= 0 ? 2 : 1;
        return new Requirement(
                field,
                unescaped(term.substring(at + length).strip()),
                unequal < 0,
                absent(field, target.served().schema()));
    }

    /** Parts between commas; a comma behind a backslash is one of a value. */
    private static List<String> terms(String text) {
        List<String> terms = new ArrayList<>();
        StringBuilder term = new StringBuilder();
        boolean escaped = false;
        for (char c : text.toCharArray()) {
            if (c == ',' && !escaped) {
                terms.add(term.toString());
                term.setLength(0);
            } else {
                term.append(c);
            }
            escaped = c == '\\' && !escaped;
        }
        terms.add(term.toString());
        return terms;
    }

    private static String unescaped(String value) {
        StringBuilder plain = new StringBuilder();
        boolean escaped = false;
        for (char c : value.toCharArray()) {
            if (escaped && c != '\\' && c != ',' && c != '=') {
                throw ApiError.badRequest("invalid field selector: invalid escape sequence: \\" + c);
            }
            if (!escaped && c == '=') {
                throw ApiError.badRequest("invalid field selector: unescaped character in value: =");
            }
            if (escaped || c != '\\') {
                plain.append(c);
            }
            escaped = c == '\\' && !escaped;
        }
        if (escaped) {
            throw ApiError.badRequest("invalid field selector: invalid escape sequence: \\");
        }
        return plain.toString();
    }

    public boolean isAll() {
        return requirements.isEmpty();
    }

    public boolean matches(StoredObject object) {
        JsonNode parsed = null;
        for (Requirement requirement : requirements) {
            String value;
            if (requirement.field().equals("metadata.name")) {
                value = object.name();
            } else if (requirement.field().equals("metadata.namespace")) {
                value = object.namespace();
            } else {
                parsed = parsed == null ? JsonMapper.shared().readTree(object.body()) : parsed;
                value = at(parsed, requirement);
            }
            if (value.equals(requirement.value()) != requirement.equal()) {
                return false;
            }
        }
        return true;
    }

    private static String at(JsonNode object, Requirement requirement) {
        if (requirement.field().equals("source")) {
            // An Event's, whichever of two ways to tell it was taken.
            String component = object.path("source").path("component").asString("");
            return component.isEmpty() ? object.path("reportingComponent").asString("") : component;
        }
        JsonNode node = object;
        for (String part : path(requirement.field()).split("\\.")) {
            node = node.path(part);
        }
        return node.asString(requirement.absent());
    }

    /** Where in an object at rest the value is that a name selects by; some are called otherwise than their field. */
    private static String path(String field) {
        return switch (field) {
            case "status.successful" -> "status.succeeded";
            case "reportingController" -> "reportingComponent";
            default -> field.startsWith("regarding.") ? "involvedObject" + field.substring(field.indexOf('.')) : field;
        };
    }

    /** What an absent field counts as: a built-in kind's numbers and truths are never absent to an API server. */
    private static String absent(String field, Schema schema) {
        Schema at = schema;
        String type = "";
        for (String part : path(field).split("\\.")) {
            GoFields go = at.go();
            GoFields.Field known = go == null ? null : go.fields().get(part);
            type = known == null ? "" : known.type();
            at = at.member(part);
        }
        return switch (type) {
            case "bool" -> "false";
            case "int32", "int64" -> "0";
            default -> "";
        };
    }
}
