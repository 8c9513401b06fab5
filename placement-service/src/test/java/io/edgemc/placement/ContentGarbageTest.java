package io.edgemc.placement;

import static io.edgemc.placement.space.Replica.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.content.Digest;
import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.api.manifest.ManifestNode;
import io.edgemc.api.target.Target;
import io.edgemc.placement.RunningService.Answer;
import io.edgemc.placement.postgres.ContentSweep;
import io.edgemc.servers.postgres.Database;
import io.edgemc.servers.testing.TestKafka;
import io.edgemc.servers.testing.TestPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contents that nothing needs leave the table and the bus; what is needed is there at every moment. */
class ContentGarbageTest {
    private static final String FIELDS = "?fieldManager=test&force=true";

    private final Database database = TestPostgres.freshDatabase();
    private final StoredTargets stored = new StoredTargets(database);
    private RunningService service;
    private TopicReader bus;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        service = new RunningService(
                database,
                TestKafka.bootstrapServers(),
                folder,
                "--edge-mc.placement.content-grace=0s",
                "--edge-mc.placement.content-sweep-every=1h");
        await(() -> succeeds("/actuator/health/readiness"));
        bus = TopicReader.fromNow(TestKafka.bootstrapServers());
        create("/system/apis/edge-mc.io/v1alpha1/spaces", "Space", "shop", "");
    }

    @AfterEach
    void stop() {
        bus.close();
        service.close();
    }

    @Test
    void whatAnEditReplacedLeavesTheBusAndComesBackWhenItIsWrittenAgain() throws Exception {
        // Given
        apply(cluster("c0", "prod"));
        apply(placement("p0", "prod", "blue"));
        apply(configMap("a", "blue", "first"));
        String uid = service.get("/inventory/apis/edge-mc.io/v1alpha1/clusters/c0")
                .body()
                .at("/metadata/uid")
                .asString();
        Target before = bus.filledTarget(uid);
        Digest first = contentOf(before, "a");

        // When it is replaced, and nobody needs it at two looks
        apply(configMap("a", "blue", "second"));
        sweep();
        assertThat(bus.content(first)).as("a first look takes nothing away").isTrue();
        ContentSweep.Outcome outcome = sweep();

        // Then it goes, with the manifest that named it, and what is needed stays
        assertThat(outcome.withdrawn()).isPositive();
        await(() -> Boolean.FALSE.equals(bus.content(first)));
        await(() -> Boolean.FALSE.equals(bus.content(before.state().manifest())));
        await(() -> bus.target(uid).orElseThrow().revision() > before.revision());
        stored.needed().forEach(digest -> assertThat(bus.hasContent(digest)).isTrue());

        // When it is written again
        apply(configMap("a", "blue", "first"));

        // Then it is published again, with all that names it
        await(() -> Boolean.TRUE.equals(bus.content(first)));
        stored.needed().forEach(digest -> await(() -> Boolean.TRUE.equals(bus.content(digest))));

        // When the tombstones are published and it is looked at twice more
        long needed = settle();

        // Then no row is left of what went
        assertThat(stored.rows()).isEqualTo(needed);
    }

    @Test
    void atEveryMomentOfRandomEditsAllThatTargetsNeedIsThereAndInTheEndNothingElse() throws Exception {
        // Given editors that often return to values of before, a sweep that never rests, and someone who follows the
        // tables
        long seed = System.nanoTime();
        AtomicBoolean editing = new AtomicBoolean(true);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> sweeper = threads.submit(() -> {
                int withdrawn = 0;
                while (editing.get()) {
                    withdrawn += sweep().withdrawn();
                }
                return withdrawn;
            });
            Future<Integer> reader = threads.submit(() -> {
                int looks = 0;
                while (editing.get()) {
                    stored.needed();
                    looks++;
                }
                return looks;
            });

            // When
            List<Future<?>> editors = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Random random = new Random(seed + i);
                editors.add(threads.submit(() -> {
                    for (int edit = 0; edit < 120; edit++) {
                        edit(random);
                    }
                    return null;
                }));
            }
            for (Future<?> editor : editors) {
                editor.get();
            }
            editing.set(false);

            // Then nothing was missing at any look, although much was taken away meanwhile
            assertThat(reader.get()).as("looks, seed %d", seed).isPositive();
            assertThat(sweeper.get()).as("contents taken away, seed %d", seed).isPositive();
        }

        // Then what is left is what is needed: in the table, and on the bus
        long kept = settle();
        Set<Digest> needed = stored.needed();
        assertThat(stored.rows()).as("rows, seed %d", seed).isEqualTo(kept);
        assertThat(kept).isGreaterThanOrEqualTo(needed.size());
        needed.forEach(digest -> await(() -> Boolean.TRUE.equals(bus.content(digest))));
        await(() -> bus.contents() == kept);
    }

    private ContentSweep.Outcome sweep() throws Exception {
        return service.context().getBean(ContentSweep.class).run();
    }

    /** Sweeps until nothing is left to take away and all tombstones are published; returns how many contents are in use. */
    private long settle() throws Exception {
        long[] kept = new long[1];
        await(() -> {
            try {
                ContentSweep.Outcome outcome = sweep();
                kept[0] = outcome.kept() == 0 ? kept[0] : outcome.kept();
                return outcome.withdrawn() == 0 && outcome.unused() == 0 && stored.rows() == kept[0];
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        return kept[0];
    }

    private void edit(Random random) throws Exception {
        String name = "m" + random.nextInt(6);
        String color = random.nextBoolean() ? "blue" : "red";
        switch (random.nextInt(12)) {
            case 0, 1 -> apply(cluster("c" + random.nextInt(4), random.nextBoolean() ? "prod" : "test"));
            case 2 -> apply(placement("p" + random.nextInt(2), random.nextBoolean() ? "prod" : "test", color));
            case 3 -> delete("/spaces/shop/apis/edge-mc.io/v1alpha1/edgeplacements/p" + random.nextInt(2));
            case 4, 5 -> delete("/spaces/shop/api/v1/namespaces/default/configmaps/" + name);
            case 6, 7 -> apply(secret("s" + random.nextInt(2), color, "v" + random.nextInt(2)));
            case 8, 9 -> apply(configMap(name, color, "at %(clusterName) in %(site)"));
            default -> apply(configMap(name, color, "v" + random.nextInt(2)));
        }
    }

    private record Written(String path, String yaml) {}

    private static Written cluster(String name, String env) {
        return new Written("/inventory/apis/edge-mc.io/v1alpha1/clusters/" + name, """
                apiVersion: edge-mc.io/v1alpha1
                kind: Cluster
                metadata: {name: %s, labels: {env: %s}}
                spec: {properties: {site: "%s-%s"}}
                """.formatted(name, env, name, env));
    }

    private static Written placement(String name, String env, String color) {
        return new Written(
                "/spaces/shop/apis/edge-mc.io/v1alpha1/edgeplacements/" + name, """
                apiVersion: edge-mc.io/v1alpha1
                kind: EdgePlacement
                metadata: {name: %s}
                spec:
                  locationSelectors: [{matchLabels: {env: %s}}]
                  downsync: [{objectSelectors: [{matchLabels: {color: %s}}]}]
                """.formatted(name, env, color));
    }

    private static Written configMap(String name, String color, String value) {
        return new Written("/spaces/shop/api/v1/namespaces/default/configmaps/" + name, """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: %s
                  namespace: default
                  labels: {color: %s}
                  annotations: {edge-mc.io/expand-parameters: "%s"}
                data: {value: "%s"}
                """.formatted(
                        name, color, value.contains("%"), value));
    }

    private static Written secret(String name, String color, String value) {
        return new Written("/spaces/shop/api/v1/namespaces/default/secrets/" + name, """
                apiVersion: v1
                kind: Secret
                metadata: {name: %s, namespace: default, labels: {color: %s}}
                stringData: {value: "%s"}
                """.formatted(name, color, value));
    }

    private void apply(Written written) throws Exception {
        Answer answer = service.call("PATCH", written.path() + FIELDS, written.yaml(), "application/apply-patch+yaml");
        assertThat(answer.status()).as(written.path() + ": " + answer.message()).isBetween(200, 201);
    }

    private void create(String path, String kind, String name, String spec) throws Exception {
        Answer answer = service.post(
                path,
                "apiVersion: edge-mc.io/v1alpha1\nkind: %s\nmetadata: {name: %s}\n%s".formatted(kind, name, spec));
        assertThat(answer.status()).as(answer.message()).isEqualTo(201);
    }

    private void delete(String path) throws Exception {
        assertThat(service.call("DELETE", path, null, "application/json").status())
                .isIn(200, 404);
    }

    private boolean succeeds(String path) {
        try {
            return service.get(path).status() == 200;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** The content of the only object of this name in the leaf that a small manifest is. */
    private Digest contentOf(Target target, String name) {
        ManifestNode.Leaf leaf =
                (ManifestNode.Leaf) ManifestNode.parse(bus.bytes(target.state().manifest()));
        return leaf.entries().stream()
                .filter(entry -> entry.key().name().equals(name))
                .map(ManifestEntry::content)
                .findFirst()
                .orElseThrow();
    }
}
