package io.edgemc.summarizer.delivery;

import io.edgemc.api.content.Digest;
import io.edgemc.api.target.Decision;
import org.jspecify.annotations.Nullable;

/** Reads decisions by their digest. */
@FunctionalInterface
public interface DecisionSource {
    /** The decision, null if it is not known here (yet). */
    @Nullable
    Decision decision(Digest digest);
}
