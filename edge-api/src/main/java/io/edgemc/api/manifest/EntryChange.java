package io.edgemc.api.manifest;

import io.edgemc.api.object.ObjectKey;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One difference between two manifests. */
public record EntryChange(
        @Nullable ManifestEntry before, @Nullable ManifestEntry after) {
    public EntryChange {
        if (before == null && after == null) {
            throw new IllegalArgumentException("a difference has a before or an after");
        }
    }

    public ObjectKey key() {
        return before != null ? before.key() : Objects.requireNonNull(after).key();
    }
}
