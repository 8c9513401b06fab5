package io.edgemc.kube.write;

import io.edgemc.kube.api.Names;
import io.edgemc.kube.api.Target;
import io.edgemc.kube.kind.ServedKind;
import io.edgemc.kube.schema.FieldProblem;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Which names a kind's objects may have. */
final class NameRules {
    private static final Set<String> LABELS = Set.of("namespaces", "services");
    private static final int LONGEST_GENERATED_BASE = 58;
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    private NameRules() {}

    static @Nullable FieldProblem problem(Target target, String name) {
        ServedKind kind = target.kind();
        if (kind.ref().group().equals("rbac.authorization.k8s.io")) {
            return Names.isPathSegment(name)
                    ? null
                    : FieldProblem.invalid("metadata.name", quoted(name), "may not contain '/' or '%'");
        }
        boolean label =
                kind.ref().group().isEmpty() && LABELS.contains(kind.ref().resource());
        if (label) {
            return Names.isLabel(name) ? null : FieldProblem.invalid("metadata.name", quoted(name), Names.LABEL_RULE);
        }
        return Names.isSubdomain(name) || isCoreService(kind, name)
                ? null
                : FieldProblem.invalid("metadata.name", quoted(name), Names.SUBDOMAIN_RULE);
    }

    /** An APIService is named version.group, and the core group has no name: {@code v1.}. */
    private static boolean isCoreService(ServedKind kind, String name) {
        return kind.ref().group().equals("apiregistration.k8s.io")
                && name.endsWith(".")
                && Names.isLabel(name.substring(0, name.length() - 1));
    }

    /** A name that begins with {@code base}, as Kubernetes makes them. */
    static String generated(String base) {
        StringBuilder name = new StringBuilder(base);
        if (name.length() > LONGEST_GENERATED_BASE) {
            name.setLength(LONGEST_GENERATED_BASE);
        }
        for (int i = 0; i < 5; i++) {
            name.append(ALPHABET.charAt(ThreadLocalRandom.current().nextInt(ALPHABET.length())));
        }
        return name.toString();
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
