package io.edgemc.c2p.placed;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.c2p.normalise.PolicyName;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Which objects are policies, and as what their engines call themselves in reports. */
public final class PolicyKinds {
    public static final String KYVERNO = "kyverno.io";
    private static final String KYVERNO_CEL = "policies.kyverno.io";
    private static final String ADMISSION = "admissionregistration.k8s.io";
    private static final String OCM = "policy.open-cluster-management.io";

    private static final Map<String, String> CEL_SOURCES = Map.of(
            "validatingpolicies", "KyvernoValidatingPolicy",
            "namespacedvalidatingpolicies", "KyvernoValidatingPolicy",
            "mutatingpolicies", "KyvernoMutatingPolicy",
            "namespacedmutatingpolicies", "KyvernoMutatingPolicy",
            "generatingpolicies", "KyvernoGeneratingPolicy",
            "namespacedgeneratingpolicies", "KyvernoGeneratingPolicy",
            "imagevalidatingpolicies", "KyvernoImageValidatingPolicy",
            "namespacedimagevalidatingpolicies", "KyvernoImageValidatingPolicy");

    private PolicyKinds() {}

    /** The policy that an object is, or null if it is none. */
    public static @Nullable PolicyName policy(ObjectKey key) {
        String source = source(key);
        return source == null ? null : new PolicyName(source, key.namespace(), key.name());
    }

    /** Whether an object can be a policy by what it says of itself; its key is not known yet. */
    static boolean mayBePolicy(ObjectNode object) {
        String apiVersion = object.path("apiVersion").asString("");
        String group = apiVersion.substring(0, Math.max(0, apiVersion.indexOf('/')));
        String kind = object.path("kind").asString("").toLowerCase(Locale.ROOT);
        return switch (group) {
            case KYVERNO, OCM -> kind.equals("policy") || kind.equals("clusterpolicy");
            case KYVERNO_CEL -> kind.endsWith("policy");
            case ADMISSION -> kind.equals("validatingadmissionpolicy");
            default -> false;
        };
    }

    /** Whether policies of this kind are shown in the views. */
    public static boolean isServed(ObjectKey key) {
        return key.group().equals(KYVERNO);
    }

    private static @Nullable String source(ObjectKey key) {
        return switch (key.group()) {
            case KYVERNO ->
                key.resource().equals("clusterpolicies") || key.resource().equals("policies") ? "kyverno" : null;
            // Exceptions lie in the same group, and policies that delete say nothing of compliance.
            case KYVERNO_CEL -> CEL_SOURCES.get(key.resource());
            case ADMISSION -> key.resource().equals("validatingadmissionpolicies") ? "ValidatingAdmissionPolicy" : null;
            case OCM -> key.resource().equals("policies") ? "OCM" : null;
            default -> null;
        };
    }
}
