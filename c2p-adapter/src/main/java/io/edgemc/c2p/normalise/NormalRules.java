package io.edgemc.c2p.normalise;

import org.jspecify.annotations.Nullable;

/**
 * What is configured.
 *
 * @param skipAs what a skipped result counts as; null: it is left out
 * @param maxResults reports with more results are refused
 */
public record NormalRules(@Nullable Outcome skipAs, int maxResults) {
    /** Skipped results are left out; up to 20 000 results. */
    public static final NormalRules DEFAULT = new NormalRules(null, 20_000);

    public NormalRules {
        if (skipAs == Outcome.SKIP) {
            throw new IllegalArgumentException(
                    "a skipped result cannot be shown as skipped: readers count it as an error");
        }
        if (maxResults < 1) {
            throw new IllegalArgumentException("maxResults is at least 1");
        }
    }
}
