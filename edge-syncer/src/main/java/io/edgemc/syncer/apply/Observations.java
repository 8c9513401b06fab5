package io.edgemc.syncer.apply;

import io.edgemc.api.object.ObjectKey;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/** The last sight of each held object. An older sight never replaces a newer one. Thread-safe. */
public final class Observations {
    private final Map<ObjectKey, Observation> seen = new ConcurrentHashMap<>();

    Optional<Observation> find(ObjectKey key) {
        return Optional.ofNullable(seen.get(key));
    }

    /** The object is there, in this state. */
    public void present(ObjectKey key, JsonNode live) {
        note(key, Observation.of(live));
    }

    /** The object is not there since this version. */
    public void absent(ObjectKey key, String resourceVersion) {
        note(key, Observation.absent(Observation.versionOf(resourceVersion)));
    }

    /** A direct read found nothing: newer than all that was seen before. */
    void absentNow(ObjectKey key) {
        seen.compute(key, (k, before) -> Observation.absent(before == null ? 0 : before.version()));
    }

    public void forget(ObjectKey key) {
        seen.remove(key);
    }

    private void note(ObjectKey key, Observation now) {
        seen.merge(key, now, (before, next) -> next.version() < before.version() ? before : next);
    }
}
