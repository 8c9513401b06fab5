package io.edgemc.summarizer.cluster;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.edgemc.api.content.Digest;
import org.jspecify.annotations.Nullable;

/**
 * Contents that were read lately, for all tasks of this process: thousands of clusters share a combination, and reading it again for
 * each word of each cluster costs more than all the rest. A content never changes, so nothing here can be wrong.
 */
final class ContentCache {
    /** Placements in all combinations together, some 200 bytes each. */
    private static final long MAX_PLACEMENTS = 100_000;

    private final Cache<Digest, KnownContent> contents = Caffeine.newBuilder()
            .maximumWeight(MAX_PLACEMENTS)
            .weigher((Digest digest, KnownContent content) -> weight(content))
            .build();

    @Nullable
    KnownContent find(Digest digest) {
        return contents.getIfPresent(digest);
    }

    void keep(Digest digest, KnownContent content) {
        contents.put(digest, content);
    }

    private static int weight(KnownContent content) {
        return 1
                + (content.combination() == null
                        ? 0
                        : content.combination().placements().size());
    }
}
