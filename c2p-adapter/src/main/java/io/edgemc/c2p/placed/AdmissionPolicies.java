package io.edgemc.c2p.placed;

import tools.jackson.databind.JsonNode;

/** Which policies have the API server decide, by a ValidatingAdmissionPolicy that their engine makes of them ({@code c2p.md} 3). */
public final class AdmissionPolicies {
    private AdmissionPolicies() {}

    /** Whether a Kyverno policy generates one: a CEL policy that says so, or an older one whose rules are in CEL. */
    public static boolean generates(JsonNode policy) {
        JsonNode spec = policy.path("spec");
        if (spec.path("autogen")
                .path("validatingAdmissionPolicy")
                .path("enabled")
                .asBoolean(false)) {
            return true;
        }
        for (JsonNode rule : spec.path("rules")) {
            if (rule.path("validate").has("cel")) {
                return true;
            }
        }
        return false;
    }
}
