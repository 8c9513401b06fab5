package io.edgemc.syncer.apply;

import io.edgemc.api.content.Digest;
import io.edgemc.api.object.ObjectKey;
import java.io.IOException;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Gives contents by digest: from disk, or from the hub if the disk lost one. */
public interface ContentSource {
    /** @return empty if it cannot be had now */
    Optional<ObjectNode> find(ObjectKey key, Digest digest) throws IOException;
}
