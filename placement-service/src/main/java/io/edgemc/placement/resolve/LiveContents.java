package io.edgemc.placement.resolve;

import io.edgemc.api.content.Digest;
import java.util.Collections;
import java.util.Set;

/**
 * What stored contents are needed for: they, and everything that the manifests consist of and refer to.
 *
 * @param position of the last commit that this takes into account
 * @param manifests roots of the manifests and overlays that targets name
 * @param contents combinations that targets name, and the contents of the objects in spaces, placed or not
 */
public record LiveContents(long position, Set<Digest> manifests, Set<Digest> contents) {
    public LiveContents {
        // Made by the thread that all writes wait for, so not copied.
        manifests = Collections.unmodifiableSet(manifests);
        contents = Collections.unmodifiableSet(contents);
    }
}
