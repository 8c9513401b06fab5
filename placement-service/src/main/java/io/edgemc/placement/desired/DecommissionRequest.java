package io.edgemc.placement.desired;

import io.edgemc.kube.store.StoreException;
import io.edgemc.kube.store.StoredObject;
import io.edgemc.placement.space.Bodies;
import io.edgemc.placement.space.Draft;
import io.edgemc.placement.space.EngineTask;
import io.edgemc.placement.space.ObjectRef;
import io.edgemc.placement.space.Version;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Asks for the end of a cluster: deleted, with what is to become of its objects. */
public final class DecommissionRequest implements EngineTask {
    private final String name;
    private final Policy policy;
    private final boolean force;
    private final Version.Origin origin;
    private final CompletableFuture<DecommissionState> done = new CompletableFuture<>();
    private @Nullable DecommissionState state;

    /** What becomes of what the hub put on the cluster. */
    public enum Policy {
        DELETE,
        ORPHAN;

        /** Null if the text is neither. */
        public static @Nullable Policy of(String text) {
            return switch (text) {
                case "delete" -> DELETE;
                case "orphan" -> ORPHAN;
                default -> null;
            };
        }
    }

    public DecommissionRequest(String name, Policy policy, boolean force, Version.Origin origin) {
        this.name = name;
        this.policy = policy;
        this.force = force;
        this.origin = origin;
    }

    /** The state of the cluster once the request is durable. */
    public CompletableFuture<DecommissionState> done() {
        return done;
    }

    @Override
    public void draft(Draft draft) {
        ObjectRef ref = DecommissionState.ref(name);
        StoredObject current = draft.current(ref);
        if (current == null) {
            throw new StoreException.Stale("there is no cluster " + name);
        }
        ObjectNode cluster = Bodies.parse(current);
        ObjectNode metadata = cluster.withObject("/metadata");
        if (!ClusterObjects.isDeleted(cluster)) {
            metadata.put(
                    "deletionTimestamp",
                    draft.now().truncatedTo(ChronoUnit.SECONDS).toString());
            metadata.put("deletionGracePeriodSeconds", 0);
        }
        ObjectNode annotations = metadata.withObject("/annotations");
        annotations.put(ClusterObjects.POLICY, policy.name().toLowerCase(Locale.ROOT));
        if (force) {
            annotations.put(ClusterObjects.FORCE, "true");
        }
        draft.put(ref, current.uid(), Bodies.body(cluster), origin);
        StoredObject drafted = draft.current(ref);
        state = drafted == null ? null : DecommissionState.of(drafted);
    }

    @Override
    public void committed() {
        done.completeAsync(() -> {
            DecommissionState reached = state;
            if (reached == null) {
                throw new IllegalStateException("committed before it was drafted");
            }
            return reached;
        });
    }

    @Override
    public void failed(StoreException reason) {
        done.completeExceptionally(reason);
    }

    @Override
    public int weight() {
        return 1_000;
    }
}
