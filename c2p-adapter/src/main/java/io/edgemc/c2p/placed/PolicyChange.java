package io.edgemc.c2p.placed;

import io.edgemc.api.content.Digest;
import io.edgemc.api.object.ObjectKey;
import org.jspecify.annotations.Nullable;

/**
 * A policy that moves to a cluster, changes there, or leaves it.
 *
 * @param content digest of what is placed now, null if the policy leaves
 */
public record PolicyChange(ObjectKey key, @Nullable Digest content) {}
