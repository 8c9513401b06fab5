package io.edgemc.kube.write;

import io.edgemc.kube.api.Names;
import io.edgemc.kube.api.Target;
import io.edgemc.kube.kind.ServedKind;
import io.edgemc.kube.schema.FieldProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Which names a kind's objects may have. */
final class NameRules {
    private static final Set<String> LABELS = Set.of("namespaces", "services");
    /** A Job's name is the CronJob's and eleven characters of time. */
    private static final int LONGEST_CRON_JOB = 52;

    private static final int LONGEST_GENERATED_BASE = 58;
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    private NameRules() {}

    /** What is wrong with the name of a new object. */
    static List<FieldProblem> problems(Target target, String name) {
        ServedKind kind = target.kind();
        List<String> why = new ArrayList<>();
        if (kind.ref().group().equals("rbac.authorization.k8s.io")
                || kind.ref().toString().equals("events")) {
            if (!Names.isPathSegment(name)) {
                why.add("may not contain '/' or '%'");
            }
        } else if (LABELS.contains(kind.ref().toString())) {
            why.addAll(Names.whyNoLabel(name));
        } else if (!Names.isSubdomain(name) && !isCoreService(kind, name)) {
            why.add(Names.SUBDOMAIN_RULE);
        }
        if (kind.ref().toString().equals("cronjobs.batch") && name.length() > LONGEST_CRON_JOB) {
            why.add("must be no more than " + LONGEST_CRON_JOB + " characters");
        }
        return why.stream()
                .map(rule -> FieldProblem.invalid("metadata.name", quoted(name), rule))
                .toList();
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
