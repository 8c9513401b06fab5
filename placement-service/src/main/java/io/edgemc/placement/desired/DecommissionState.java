package io.edgemc.placement.desired;

import io.edgemc.kube.store.StoreException;
import io.edgemc.kube.store.StoredObject;
import io.edgemc.placement.resolve.ClusterFacts;
import io.edgemc.placement.space.Bodies;
import io.edgemc.placement.space.ObjectRef;
import io.edgemc.placement.space.SpaceModel;
import io.edgemc.placement.space.View;
import java.util.Locale;

/**
 * Where a cluster is in its life.
 *
 * @param state {@code active}, {@code quarantined}, {@code decommission-delete}, {@code decommission-orphan} or {@code gone}
 */
public record DecommissionState(String cluster, String uid, String state) {
    /** Throws {@link StoreException.Stale} if there is no such cluster. */
    public static DecommissionState of(SpaceModel model, String name) {
        StoredObject cluster = model.current(ref(name));
        if (cluster == null) {
            throw new StoreException.Stale("there is no cluster " + name);
        }
        return of(cluster);
    }

    static DecommissionState of(StoredObject cluster) {
        ClusterFacts.State state = ClusterObjects.state(Bodies.parse(cluster));
        return new DecommissionState(
                cluster.name(),
                cluster.uid(),
                state.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    static ObjectRef ref(String name) {
        return new ObjectRef(View.INVENTORY, ClusterObjects.CLUSTERS, "", name);
    }
}
