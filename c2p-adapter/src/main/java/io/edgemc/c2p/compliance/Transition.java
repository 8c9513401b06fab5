package io.edgemc.c2p.compliance;

import org.jspecify.annotations.Nullable;

/** A row on its way; without data: the policy is no longer at the cluster. */
record Transition(String key, long position, @Nullable String data) {}
