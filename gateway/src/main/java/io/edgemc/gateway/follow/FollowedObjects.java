package io.edgemc.gateway.follow;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The objects of one kind as a list and the changes after it told. Lists may come at any time and be newer than the
 * changes that arrive after them: what is older than the last list is passed over. Not thread-safe.
 */
final class FollowedObjects {
    private final Map<String, JsonNode> byName = new HashMap<>();
    private long version = -1;
    private boolean known;

    /** @param listVersion the list's resourceVersion, a counter in commit order */
    boolean replace(long listVersion, Collection<JsonNode> objects) {
        if (known && listVersion < version) {
            return false;
        }
        byName.clear();
        objects.forEach(object -> byName.put(name(object), object));
        version = listVersion;
        known = true;
        return true;
    }

    /** Returns whether anything changed. */
    boolean apply(String type, JsonNode object) {
        long objectVersion = version(object);
        if (objectVersion <= version) {
            return false;
        }
        version = objectVersion;
        return switch (type) {
            case "ADDED", "MODIFIED" -> {
                byName.put(name(object), object);
                yield true;
            }
            case "DELETED" -> byName.remove(name(object)) != null;
            default -> false;
        };
    }

    /** After a reset of the hub's counter (a restored database), the next list counts whatever its version. */
    void forgetVersion() {
        known = false;
        version = -1;
    }

    long version() {
        return version;
    }

    Optional<List<JsonNode>> objects() {
        return known ? Optional.of(List.copyOf(byName.values())) : Optional.empty();
    }

    private static String name(JsonNode object) {
        return object.path("metadata").path("name").asString("");
    }

    static long version(JsonNode object) {
        return object.path("metadata").path("resourceVersion").asLong(0);
    }
}
