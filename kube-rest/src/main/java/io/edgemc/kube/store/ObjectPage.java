package io.edgemc.kube.store;

import java.util.List;

/**
 * @param objects at most the limit that was asked for
 * @param snapshot the position that the page was read at
 * @param more whether objects follow
 * @param remaining how many follow, -1 if unknown
 */
public record ObjectPage(List<StoredObject> objects, long snapshot, boolean more, long remaining) {
    public ObjectPage {
        objects = List.copyOf(objects);
    }
}
