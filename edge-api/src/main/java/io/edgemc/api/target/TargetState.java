package io.edgemc.api.target;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.edgemc.api.content.Digest;
import io.edgemc.api.manifest.ManifestTree;
import java.util.Objects;

/**
 * What a cluster should hold, as two manifests: the one that all clusters with the same combination of placements share, and an
 * overlay with what differs from it at this cluster (customized objects, deletions of its own). An entry of the overlay hides
 * the one of the same key. Text form: {@code <manifest>.<overlay>} in hex.
 */
public record TargetState(Digest manifest, Digest overlay) {
    /** Nothing is to be held. */
    public static final TargetState EMPTY = new TargetState(ManifestTree.EMPTY, ManifestTree.EMPTY);

    private static final int HEX = 2 * Digest.BYTES;

    public TargetState {
        Objects.requireNonNull(manifest);
        Objects.requireNonNull(overlay);
    }

    /** Reads the text form; throws {@link IllegalArgumentException} if it is not one. */
    @JsonCreator
    public static TargetState parse(String text) {
        if (text.length() != 2 * HEX + 1 || text.charAt(HEX) != '.') {
            throw new IllegalArgumentException("not a target state");
        }
        return new TargetState(Digest.parse(text.substring(0, HEX)), Digest.parse(text.substring(HEX + 1)));
    }

    @JsonValue
    public String text() {
        return manifest.hex() + "." + overlay.hex();
    }

    @Override
    public String toString() {
        return text();
    }
}
