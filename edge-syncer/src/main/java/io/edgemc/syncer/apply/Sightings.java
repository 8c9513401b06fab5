package io.edgemc.syncer.apply;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.syncer.kube.GroupResource;
import io.edgemc.syncer.state.EdgeState;
import io.edgemc.syncer.state.Held;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Takes what the watches see of held objects, and queues those that are no longer as they should be. Thread-safe. */
public final class Sightings {
    private static final Duration SHORTLY = Duration.ofMillis(100);

    private final EdgeState state;
    private final Ownership ownership;
    private final Observations observations;
    private final DueQueue queue;

    Sightings(EdgeState state, Ownership ownership, Observations observations, DueQueue queue) {
        this.state = state;
        this.ownership = ownership;
        this.observations = observations;
        this.queue = queue;
    }

    public void present(ObjectKey key, JsonNode live) {
        Optional<Held> found = state.find(key);
        if (found.isEmpty()) {
            return;
        }
        Held held = found.get();
        if (held.isUnclaimed() && !ownership.isOurs(live, key)) {
            remove(key);
            return;
        }
        observations.present(key, live);
        check(held);
    }

    /** @param resourceVersion when, {@code ""} for now: its kind is not served any more */
    public void gone(ObjectKey key, String resourceVersion) {
        Optional<Held> found = state.find(key);
        if (found.isPresent()) {
            Held held = found.get();
            if (held.isUnclaimed()) {
                remove(key);
            } else {
                if (resourceVersion.isEmpty()) {
                    observations.absentNow(key);
                } else {
                    observations.absent(key, resourceVersion);
                }
                if (held.failedBy("terminating") || held.wantsDeletion() && !held.done()) {
                    queue.add(key, Duration.ZERO);
                }
                check(held);
            }
        }
        lookAtNamespace(key);
        lookAtDefinition(key);
    }

    private void check(Held held) {
        boolean drifted = observations
                .find(held.key())
                .map(seen -> Drift.of(held, seen, ownership) != Drift.NONE)
                .orElse(false);
        if (drifted != held.failedBy("drifted")) {
            queue.add(held.key(), Duration.ZERO);
        }
    }

    /** A namespace that waits to be empty may be so now. */
    private void lookAtNamespace(ObjectKey key) {
        if (!key.namespace().isEmpty()) {
            lookAtLeaving(new ObjectKey("", "namespaces", "", key.namespace()));
        }
    }

    /** A definition that waits until its kind has no objects. */
    private void lookAtDefinition(ObjectKey key) {
        if (!key.group().isEmpty()) {
            lookAtLeaving(new ObjectKey(
                    GroupResource.CUSTOM_RESOURCE_DEFINITIONS.group(),
                    GroupResource.CUSTOM_RESOURCE_DEFINITIONS.resource(),
                    "",
                    key.groupResource()));
        }
    }

    private void lookAtLeaving(ObjectKey holder) {
        state.find(holder)
                .filter(held -> held.wantsDeletion() && !held.done())
                .ifPresent(held -> queue.add(holder, SHORTLY));
    }

    private void remove(ObjectKey key) {
        try {
            state.remove(key);
            observations.forget(key);
        } catch (IOException e) {
            throw new UncheckedIOException("the state cannot be written", e);
        }
    }
}
