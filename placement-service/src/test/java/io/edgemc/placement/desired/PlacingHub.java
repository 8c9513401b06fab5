package io.edgemc.placement.desired;

import static io.edgemc.placement.space.Replica.ANN;

import io.edgemc.api.content.KeyRing;
import io.edgemc.api.report.ClusterReport;
import io.edgemc.api.report.ObjectReport;
import io.edgemc.api.target.TargetState;
import io.edgemc.kube.store.KindRef;
import io.edgemc.kube.store.ObjectWrite;
import io.edgemc.kube.store.StoreException;
import io.edgemc.kube.store.StoredObject;
import io.edgemc.placement.postgres.PostgresContents;
import io.edgemc.placement.resolve.PlacementModel;
import io.edgemc.placement.resolve.PlacementResolver;
import io.edgemc.placement.space.Bodies;
import io.edgemc.placement.space.Draft;
import io.edgemc.placement.space.EngineTask;
import io.edgemc.placement.space.Replica;
import io.edgemc.placement.space.Version;
import io.edgemc.placement.space.View;
import io.edgemc.placement.space.ViewStore;
import io.edgemc.servers.postgres.Database;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The engine with placement and housekeeping on a real database, without HTTP and bus. */
final class PlacingHub implements AutoCloseable {
    static final KindRef PLACEMENTS = new KindRef("edge-mc.io", "edgeplacements");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    final Replica replica;
    final PlacementConsequences placement;
    private final Housekeeping housekeeping;
    /** Runs in the engine's thread after each commit, before housekeeping looks at it. */
    private volatile Consumer<List<Version>> first = versions -> {};

    PlacingHub(Database database, KeyRing keys) {
        this(database, keys, UnaryOperator.identity());
    }

    /** @param way what lies between the engine and the model */
    PlacingHub(Database database, KeyRing keys, UnaryOperator<PlacementResolver> way) {
        placement = new PlacementConsequences(
                stored -> way.apply(new PlacementModel(stored, keys)),
                new PostgresContents(database.dataSource(), 1 << 20));
        replica = new Replica(database, keys, placement);
        replica.engine.observe(versions -> first.accept(versions));
        housekeeping = new Housekeeping(replica.engine, placement);
    }

    void onCommit(Consumer<List<Version>> action) {
        first = action;
    }

    ViewStore space(String name) {
        ObjectNode space = Replica.object("edge-mc.io/v1alpha1", "Space", name);
        space.withObject("/metadata").putArray("finalizers").add(SpaceLife.FINALIZER);
        system().commit(Replica.create(SpaceLife.SPACES, "", name, space), ANN).join();
        return replica.store(View.ofSpace(name));
    }

    ViewStore system() {
        return replica.store(View.SYSTEM);
    }

    ViewStore inventory() {
        return replica.store(View.INVENTORY);
    }

    /** Asks for the end of a space, as a DELETE does. */
    void end(String space) {
        edit(system(), SpaceLife.SPACES, "", space, object -> {
            object.withObject("/metadata").put("deletionTimestamp", "2026-11-01T10:00:00Z");
            return object;
        });
    }

    /** The uid of a new cluster with a label {@code env}. */
    String cluster(String name, String env) {
        ObjectNode cluster = Replica.object("edge-mc.io/v1alpha1", "Cluster", name);
        ObjectNode metadata = cluster.withObject("/metadata");
        metadata.putArray("finalizers").add(ClusterObjects.FINALIZER);
        metadata.putObject("labels").put("env", env);
        return inventory()
                .commit(Replica.create(ClusterObjects.CLUSTERS, "", name, cluster), ANN)
                .join()
                .uid();
    }

    /** Places all config maps of a space on the clusters of an {@code env}. */
    void place(ViewStore space, String env, String more) {
        ObjectNode placement = Replica.object("edge-mc.io/v1alpha1", "EdgePlacement", "p");
        placement.set("spec", spec(env, more));
        space.commit(Replica.create(PLACEMENTS, "", "p", placement), ANN).join();
    }

    void placeAnew(ViewStore space, String env, String more) {
        edit(space, PLACEMENTS, "", "p", object -> {
            object.set("spec", spec(env, more));
            return object;
        });
    }

    private static ObjectNode spec(String env, String more) {
        ObjectNode spec = (ObjectNode) JSON.readTree("""
            {"locationSelectors": [{"matchLabels": {"env": "%s"}}], "downsync": [{"resources": ["configmaps"]}]}\
            """.formatted(env));
        spec.setAll((ObjectNode) JSON.readTree(more));
        return spec;
    }

    static void edit(ViewStore store, KindRef kind, String namespace, String name, UnaryOperator<ObjectNode> edit) {
        StoredObject read = store.get(kind, namespace, name);
        store.commit(Replica.replace(read, edit.apply(Bodies.parse(read))), ANN).join();
    }

    ObjectWrite.Create configMap(String name) {
        return Replica.create(Replica.CONFIG_MAPS, "default", name, Replica.configMap(name, "x"));
    }

    long targetRevision(String cluster) {
        return placement.standings().deliveries().targetRevision(cluster);
    }

    /** That the cluster holds a revision without exception. */
    static ClusterReport holds(String uid, long sequence, long revision) {
        return new ClusterReport(
                uid,
                1,
                sequence,
                true,
                false,
                Instant.now().toString(),
                revision,
                TargetState.EMPTY,
                List.of(),
                "0.1",
                "v1.36.3",
                "");
    }

    ReportsTask report(ClusterReport report) {
        return submit(new ReportsTask(placement, Map.of(report.clusterUid(), report), List.of()));
    }

    ReportsTask report(ObjectReport... reports) {
        return submit(new ReportsTask(placement, Map.of(), List.of(reports)));
    }

    private ReportsTask submit(ReportsTask task) {
        replica.engine.submit(task);
        return task;
    }

    /** Runs {@code submissions} so that all that they submit is one group commit. */
    void together(Runnable submissions) throws InterruptedException {
        Gate gate = new Gate();
        replica.engine.submit(gate);
        gate.reached.await();
        submissions.run();
        gate.open.countDown();
    }

    /** Holds the engine up. */
    private static final class Gate implements EngineTask {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch open = new CountDownLatch(1);

        @Override
        public void draft(Draft draft) {
            reached.countDown();
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void committed() {}

        @Override
        public void failed(@Nullable StoreException reason) {}

        @Override
        public int weight() {
            return 0;
        }
    }

    @Override
    public void close() throws Exception {
        housekeeping.close();
        replica.close();
    }
}
