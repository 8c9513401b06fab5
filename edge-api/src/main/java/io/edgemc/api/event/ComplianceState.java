package io.edgemc.api.event;

import java.util.Map;

/**
 * State of a policy at a cluster. Public.
 *
 * @param policy bare name of the policy
 * @param cluster name of the cluster
 * @param state {@code pass}, {@code warn}, {@code unknown}, {@code error}, {@code fail}
 * @param counts results by outcome
 * @param asOf RFC 3339 time of the cluster's last delivery
 */
public record ComplianceState(String policy, String cluster, String state, Map<String, Long> counts, String asOf) {}
