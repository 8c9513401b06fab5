package io.edgemc.kube.write;

import io.edgemc.kube.api.KubeAnswer.Header;
import io.edgemc.kube.api.Target;
import io.edgemc.kube.crd.CrdKinds;
import io.edgemc.kube.crd.CrdRules;
import io.edgemc.kube.facts.BuiltInFacts;
import io.edgemc.kube.kind.Kinds;
import io.edgemc.kube.kind.ServedKind;
import io.edgemc.kube.rules.BuiltInChecks;
import io.edgemc.kube.rules.BuiltInDefaults;
import io.edgemc.kube.rules.QualityOfService;
import io.edgemc.kube.rules.SecretWarnings;
import io.edgemc.kube.schema.FieldProblem;
import io.edgemc.kube.store.KindRef;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an API server itself does with objects of single built-in kinds. Everything else in a view is inert. */
final class KindRules {
    static final KindRef NAMESPACES = new KindRef("", "namespaces");
    private static final KindRef PODS = new KindRef("", "pods");
    private static final KindRef SECRETS = new KindRef("", "secrets");

    private KindRules() {}

    /** Before defaults and validation, for creations and updates; {@code before} is null for a creation. */
    static void prepare(ServedKind kind, @Nullable ObjectNode before, ObjectNode after, Kinds kinds, Instant now) {
        if (before == null && kind.origin() == ServedKind.Origin.BUILT_IN) {
            begun(kind.ref(), after, ObjectMeta.time(now));
        }
        if (kind.ref().equals(SECRETS)) {
            secret(after);
        } else if (kind.ref().equals(NAMESPACES)) {
            namespace(before, after);
        } else if (kind.ref().equals(CrdKinds.CRDS)) {
            CrdRules.prepare(before, after, kinds, ObjectMeta.time(now));
        }
        if (kind.origin() == ServedKind.Origin.BUILT_IN) {
            BuiltInDefaults.apply(kind.ref(), before, after);
        }
        if (before == null && kind.ref().equals(PODS) && after.path("status") instanceof ObjectNode status) {
            status.put("qosClass", QualityOfService.of(after.path("spec")));
        }
    }

    /** A new object's status. */
    private static void begun(KindRef kind, ObjectNode object, String now) {
        JsonNode status = BuiltInFacts.get().initialStatus(kind);
        if (!status.isMissingNode()) {
            ObjectNode own = object.withObject("/status");
            status.properties().forEach(member -> own.set(member.getKey(), member.getValue()));
            if (kind.toString().equals("persistentvolumes")) {
                own.put("lastPhaseTransitionTime", now);
            }
        }
    }

    static List<FieldProblem> problems(ServedKind kind, @Nullable ObjectNode before, ObjectNode after) {
        if (kind.origin() != ServedKind.Origin.BUILT_IN) {
            return List.of();
        }
        List<FieldProblem> problems = new ArrayList<>();
        if (kind.ref().equals(CrdKinds.CRDS)) {
            problems.addAll(CrdRules.problems(before, after));
        }
        problems.addAll(BuiltInChecks.of(kind.ref(), before, after));
        return problems;
    }

    /** Whether there is anything to warn of. */
    static boolean warns(ServedKind kind) {
        return kind.ref().equals(SECRETS);
    }

    /** What clients are warned of. */
    static List<Header> warnings(ServedKind kind, ObjectNode object) {
        return warns(kind)
                ? SecretWarnings.of(object).stream()
                        .map(text -> Header.warning(text))
                        .toList()
                : List.of();
    }

    /** What is there may have been stored before its defaults were known: filled in when it is read to be changed. */
    static void completeStored(Target target, ObjectNode stored) {
        ObjectShape.completed(stored, target);
        if (target.kind().origin() == ServedKind.Origin.BUILT_IN) {
            BuiltInDefaults.apply(target.kind().ref(), stored, stored);
        }
    }

    private static void secret(ObjectNode secret) {
        JsonNode plain = secret.path("stringData");
        if (plain.isObject()) {
            ObjectNode data = secret.path("data") instanceof ObjectNode there ? there : secret.putObject("data");
            for (Map.Entry<String, JsonNode> entry : plain.properties()) {
                byte[] bytes = entry.getValue().asString("").getBytes(StandardCharsets.UTF_8);
                data.put(entry.getKey(), Base64.getEncoder().encodeToString(bytes));
            }
        }
        secret.remove("stringData");
        if (!secret.has("type")) {
            secret.put("type", "Opaque");
        }
    }

    private static void namespace(@Nullable ObjectNode before, ObjectNode after) {
        String name = after.path("metadata").path("name").asString("");
        ObjectNode metadata = ObjectMeta.of(after);
        ObjectNode labels = metadata.path("labels") instanceof ObjectNode there ? there : metadata.putObject("labels");
        labels.put("kubernetes.io/metadata.name", name);
        if (before == null) {
            after.putObject("spec").putArray("finalizers").add("kubernetes");
            after.putObject("status").put("phase", "Active");
        } else {
            // Only the namespace's own life changes these.
            keep(before, after, "spec");
        }
    }

    static void keep(ObjectNode before, ObjectNode after, String member) {
        if (before.has(member)) {
            after.set(member, before.get(member));
        } else {
            after.remove(member);
        }
    }
}
