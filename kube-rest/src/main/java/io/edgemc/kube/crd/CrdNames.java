package io.edgemc.kube.crd;

import io.edgemc.kube.kind.Kinds;
import io.edgemc.kube.kind.ServedKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which of a CRD's names are free in its group: plural, singular and short names are one set of names, kinds and kinds of
 * lists another.
 *
 * @param accepted as {@code status.acceptedNames} tells them
 * @param reason of the last conflict, {@code NoConflicts} if there is none
 */
record CrdNames(ObjectNode accepted, String reason, String message) {
    static CrdNames of(ObjectNode crd, Kinds kinds) {
        return new Naming(crd, kinds).names();
    }

    boolean isAccepted() {
        return reason.equals("NoConflicts");
    }

    private static final class Naming {
        private final ObjectNode names;
        private final Set<String> resources = new HashSet<>();
        private final Set<String> kinds = new HashSet<>();
        private final ObjectNode accepted;
        private String reason = "NoConflicts";
        private String message = "no conflicts found";

        Naming(ObjectNode crd, Kinds served) {
            names = (ObjectNode) crd.path("spec").path("names");
            accepted = crd.objectNode();
            String group = crd.path("spec").path("group").asString("");
            String plural = names.path("plural").asString("");
            for (ServedKind other : served.all()) {
                boolean own = other.ref().resource().equals(plural) && other.origin() == ServedKind.Origin.CRD;
                if (other.ref().group().equals(group) && !own) {
                    resources.add(other.ref().resource());
                    resources.add(other.singular());
                    resources.addAll(other.shortNames());
                    kinds.add(other.kind());
                    kinds.add(other.kind() + "List");
                }
            }
        }

        CrdNames names() {
            one("plural", resources, "PluralConflict");
            one("singular", resources, "SingularConflict");
            shortNames();
            one("kind", kinds, "KindConflict");
            one("listKind", kinds, "ListKindConflict");
            if (names.path("categories").size() > 0) {
                accepted.set("categories", names.get("categories"));
            }
            return new CrdNames(accepted, reason, message);
        }

        private void one(String member, Set<String> taken, String conflict) {
            String name = names.path(member).asString("");
            if (taken.contains(name)) {
                conflict(conflict, List.of(name));
                if (member.equals("kind")) {
                    accepted.put("kind", "");
                }
            } else if (!name.isEmpty()) {
                accepted.put(member, name);
            }
        }

        private void shortNames() {
            List<String> used = new ArrayList<>();
            List<JsonNode> free = new ArrayList<>();
            for (JsonNode name : names.path("shortNames")) {
                if (resources.contains(name.asString(""))) {
                    used.add(name.asString(""));
                } else {
                    free.add(name);
                }
            }
            if (!used.isEmpty()) {
                conflict("ShortNamesConflict", used);
            } else if (!free.isEmpty()) {
                ArrayNode all = accepted.putArray("shortNames");
                free.forEach(all::add);
            }
        }

        private void conflict(String why, List<String> used) {
            reason = why;
            message = String.join(
                            ", ", used.stream().map(name -> "\"" + name + "\"").toList()) + " is already in use";
        }
    }

    /** Fills in what follows from the kind. In place. */
    static void complete(ObjectNode names) {
        String kind = names.path("kind").asString("");
        if (names.path("singular").asString("").isEmpty()) {
            names.put("singular", kind.toLowerCase(Locale.ROOT));
        }
        if (names.path("listKind").asString("").isEmpty() && !kind.isEmpty()) {
            names.put("listKind", kind + "List");
        }
    }
}
