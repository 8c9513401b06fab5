package io.edgemc.placement.resolve;

import io.edgemc.api.content.Content;
import io.edgemc.api.content.Digest;

/** Reads content that an earlier, committed resolution produced. Implementations are expected to cache. */
@FunctionalInterface
public interface StoredContent {
    /** Throws {@link IllegalStateException} if there is no such content: the store is then not the one of this model. */
    Content content(Digest digest);
}
