package io.edgemc.c2p.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Why something is unknown: one example, for the first of the reasons that hold there.
 *
 * @param reason {@code NeverReported}: the cluster was never heard; {@code Silent}: it was, and is silent for too long;
 *     {@code GeneratesAdmissionPolicy}: the policy has the API server decide, and its engine then reports nothing by default;
 *     {@code NoResult}: the cluster is heard, and no report speaks of the policy
 * @param cluster where it is so
 * @param policy of which it is so, absent if of every one
 * @param message for people
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record UnknownReason(
        String reason, String cluster, @Nullable String policy, String message) {
    static UnknownReason neverReported(String cluster) {
        return new UnknownReason("NeverReported", cluster, null, cluster + " was never heard");
    }

    static UnknownReason silent(String cluster, String since) {
        return new UnknownReason("Silent", cluster, null, cluster + " is silent since " + since);
    }

    static UnknownReason noResult(String cluster, String policy) {
        return new UnknownReason("NoResult", cluster, policy, "no report of " + cluster + " speaks of " + policy);
    }

    static UnknownReason generatesAdmissionPolicy(String cluster, String policy) {
        return new UnknownReason(
                "GeneratesAdmissionPolicy",
                cluster,
                policy,
                policy + " generates an admission policy, and " + cluster
                        + "'s engine by default reports nothing of such");
    }
}
