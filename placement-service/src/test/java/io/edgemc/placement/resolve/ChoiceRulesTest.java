package io.edgemc.placement.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.content.ContentKind;
import io.edgemc.placement.resolve.ClusterFacts.State;
import io.edgemc.placement.resolve.select.Taint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which clusters a placement goes to, and how many may make a move together. */
class ChoiceRulesTest {
    private static final String PAGE = "configmaps/shop/page";

    private final Shop shop = new Shop();
    private final TestHub hub = shop.hub;

    @Test
    void taintsKeepPlacementsAwayUnlessTolerated() {
        Taint taint = new Taint("dedicated", "lab", Taint.Effect.NoExecute);
        ClusterFacts tainted = new ClusterFacts(
                "uid-c1", "c1", Map.of("env", "prod"), Map.of(), Map.of(), List.of(taint), false, State.ACTIVE);
        hub.apply(hub.write(tainted));
        shop.page("red", "x", "");
        shop.placement("red", "p", "{}");
        assertThat(hub.held("c1")).isEmpty();

        shop.placement("red", "p", "{'tolerations':[{'key':'dedicated','operator':'Exists'}]}");

        assertThat(hub.held("c1")).containsKey(PAGE);
    }

    @Test
    void maxClustersChoosesStablyAndSpreads() {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            changes.add(hub.write(hub.cluster("c" + i, Map.of("env", "prod", "zone", "z" + i % 3), Map.of())));
        }
        hub.apply(changes.toArray(Change[]::new));
        shop.placement("red", "p", "{'maxClusters':6,'spread':{'label':'zone'}}");
        var chosen = clustersOf("red", "p");
        assertThat(chosen).hasSize(6);
        for (String zone : List.of("z0", "z1", "z2")) {
            assertThat(chosen.stream()
                            .filter(uid ->
                                    zone.equals(hub.clusters.get(uid).labels().get("zone"))))
                    .hasSize(2);
        }

        hub.apply(hub.write(hub.cluster("other", Map.of("env", "test", "zone", "z0"), Map.of())));

        assertThat(clustersOf("red", "p")).isEqualTo(chosen);
    }

    @Test
    void tenThousandClustersThatMakeTheSameMoveShareItsOverlay() {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            changes.add(hub.write(hub.cluster("c" + i, Map.of("env", "prod"), Map.of())));
        }
        hub.model.apply(new Batch(++hub.revision, changes));
        hub.model.committed();
        shop.placement("red", "p", "{}");
        shop.page("red", "x", "");

        Resolution changed = shop.page("red", "y", "");
        Resolution moved = hub.model.apply(
                new Batch(++hub.revision, List.of(hub.deletion("red", "edgeplacements.edge-mc.io//p"))));

        assertThat(changed.targets()).hasSize(10_000);
        assertThat(changed.contents().stream().filter(content -> content.kind() == ContentKind.OBJECT))
                .hasSize(1);
        assertThat(changed.contents()).hasSizeLessThan(6);
        assertThat(moved.targets()).hasSize(10_000);
        assertThat(moved.contents()).hasSizeLessThan(6);
    }

    @Test
    void writesThatAreCommittedTogetherKeepTheirTracesAtTheClustersThatTheyConcern() {
        // Given two clusters, each selected by a placement of another space
        shop.cluster("c1");
        hub.apply(hub.write(hub.cluster("c2", Map.of("env", "test"), Map.of())));
        shop.placement("red", "one", "{}");
        shop.placement("blue", "two", "{'locationSelectors':[{'matchLabels':{'env':'test'}}]}");

        // When
        Change red = traced("red", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        Change blue = traced("blue", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        hub.apply(red, blue);

        // Then
        assertThat(hub.targets.get("uid-c1").traceparent()).contains("0af7651916cd43dd8448eb211c80319c");
        assertThat(hub.targets.get("uid-c2").traceparent()).contains("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(hub.targets.get("uid-c2").writtenAt()).isEqualTo("2026-11-02T12:00:00Z");
    }

    private Set<String> clustersOf(String space, String name) {
        return hub.model.clustersOf(new PlacementId(space, name, space + "-edgeplacements.edge-mc.io//" + name));
    }

    private Change traced(String space, String traceparent) {
        Change.ObjectWritten page = hub.object(
                space,
                "configmaps",
                Json.object("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'" + space
                        + "','namespace':'shop'},'data':{}}"));
        Cause cause = new Cause("bob", "write", Instant.parse("2026-11-02T12:00:00Z"), "r", traceparent);
        return new Change.ObjectWritten(page.space(), page.key(), page.uid(), page.revision(), page.body(), cause);
    }
}
