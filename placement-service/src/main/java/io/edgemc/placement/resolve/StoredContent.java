package io.edgemc.placement.resolve;

import io.edgemc.api.content.Content;
import io.edgemc.api.content.Digest;
import java.util.Set;

/** Reads content that an earlier, committed resolution produced. Implementations are expected to cache. */
@FunctionalInterface
public interface StoredContent {
    /** Throws {@link IllegalStateException} if there is no such content: the store is then not the one of this model. */
    Content content(Digest digest);

    /** Those of the digests under which nothing is stored, or nothing that will stay. Asked once, at load. */
    default Set<Digest> missing(Set<Digest> digests) {
        return digests;
    }
}
