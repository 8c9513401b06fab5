package io.edgemc.api.manifest;

import io.edgemc.api.content.Digest;

/** Where a tree's nodes are read from. */
@FunctionalInterface
public interface NodeSource {
    /** The node at an address; throws {@link MissingContentException} if it is not here. */
    ManifestNode node(Digest digest);
}
