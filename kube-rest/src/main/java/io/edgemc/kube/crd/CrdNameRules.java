package io.edgemc.kube.crd;

import io.edgemc.kube.api.Names;
import io.edgemc.kube.schema.FieldProblem;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Which names a CRD may give its kind. */
final class CrdNameRules {
    private static final List<String> REQUIRED = List.of("plural", "singular", "kind", "listKind");

    private CrdNameRules() {}

    static void problems(JsonNode names, List<FieldProblem> problems) {
        for (String member : REQUIRED) {
            if (names.path(member).asString("").isEmpty()) {
                problems.add(FieldProblem.required("spec.names." + member));
            }
        }
        for (String member : List.of("plural", "singular")) {
            label(names.path(member).asString(""), "spec.names." + member, problems);
        }
        for (String member : List.of("kind", "listKind")) {
            String name = names.path(member).asString("");
            if (!name.isEmpty() && !Names.isLabel1035(name.toLowerCase(Locale.ROOT))) {
                problems.add(FieldProblem.invalid(
                        "spec.names." + member,
                        text(name),
                        "may have mixed case, but should otherwise match: " + Names.LABEL_1035_RULE));
            }
        }
        for (String list : List.of("shortNames", "categories")) {
            for (int i = 0; i < names.path(list).size(); i++) {
                label(names.path(list).get(i).asString(""), "spec.names." + list + "[" + i + "]", problems);
            }
        }
        String kind = names.path("kind").asString("");
        if (!kind.isEmpty() && kind.equals(names.path("listKind").asString(""))) {
            problems.add(
                    FieldProblem.invalid("spec.names.listKind", text(kind), "kind and listKind may not be the same"));
        }
    }

    private static void label(String name, String path, List<FieldProblem> problems) {
        if (!name.isEmpty() && !Names.isLabel1035(name)) {
            problems.add(FieldProblem.invalid(path, text(name), Names.LABEL_1035_RULE));
        }
    }

    private static String text(String text) {
        return JsonNodeFactory.instance.stringNode(text).toString();
    }
}
