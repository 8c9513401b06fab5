package io.edgemc.c2p.normalise;

import io.edgemc.api.object.ObjectKey;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/**
 * A report as a cluster wrote it.
 *
 * @param cluster name of the cluster
 * @param key of the object at the cluster
 * @param observedAt when the edge saw it
 * @param object the object; not changed
 */
public record RawReport(String cluster, ObjectKey key, Instant observedAt, ObjectNode object) {}
