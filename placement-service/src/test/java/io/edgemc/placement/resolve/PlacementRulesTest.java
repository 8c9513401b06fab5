package io.edgemc.placement.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.content.ContentKind;
import io.edgemc.api.manifest.EntryFlag;
import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.placement.resolve.ClusterFacts.State;
import io.edgemc.placement.resolve.select.Taint;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of placement, conflicts and deletion, one by one. */
class PlacementRulesTest {
    private static final String PAGE = "configmaps/shop/page";

    private final TestHub hub = new TestHub();

    @Test
    void overlapIsAdditive() {
        cluster("c1");
        placement("red", "one", "{}");
        placement("red", "two", "{}");
        page("red", "v1", "");

        hub.apply(hub.deletion("red", "edgeplacements.edge-mc.io//one"));

        assertThat(hub.held("c1")).containsKey(PAGE);
        assertThat(entry("c1", PAGE).isDelete()).isFalse();
    }

    @Test
    void equalObjectsOfTwoSpacesAreSharedAndLeaveWithTheLast() {
        cluster("c1");
        placement("red", "p", "{}");
        placement("blue", "p", "{}");
        page("red", "same", "");
        page("blue", "same", "");
        assertThat(hub.decision(entry("c1", PAGE)).type()).isEqualTo("share");
        assertThat(hub.results.get("red/p").conflictTotal()).isZero();

        hub.apply(hub.deletion("red", PAGE));
        assertThat(hub.held("c1")).containsKey(PAGE);
        hub.apply(hub.deletion("blue", PAGE));
        assertThat(entry("c1", PAGE).isDelete()).isTrue();
    }

    @Test
    void theLatestWinsAndTheLoserTakesOverWithoutADeletionInBetween() {
        cluster("c1");
        placement("red", "p", "{}");
        placement("blue", "p", "{}");
        page("red", "red", "");
        page("blue", "blue", "");

        assertThat(hub.held("c1").get(PAGE)).contains("blue");
        assertThat(hub.decision(entry("c1", PAGE)).type()).isEqualTo("latest");
        for (String placement : List.of("red/p", "blue/p")) {
            PlacementResult.Conflict conflict =
                    hub.results.get(placement).conflicts().getFirst();
            assertThat(conflict.object()).isEqualTo(PAGE);
            assertThat(conflict.rule()).isEqualTo("latest");
            assertThat(Objects.requireNonNull(conflict.winner()).space()).isEqualTo("blue");
            assertThat(conflict.losers())
                    .extracting(PlacementResult.Source::space)
                    .containsExactly("red");
            assertThat(conflict.clusters()).isEqualTo(1);
        }
        hub.apply(hub.deletion("blue", PAGE));
        assertThat(hub.held("c1").get(PAGE)).contains("red");
        assertThat(hub.results.get("red/p").conflicts()).isEmpty();
    }

    @Test
    void refuseLetsNeitherGoAndKeepsWhatIsThere() {
        cluster("c1");
        placement("red", "p", "{}");
        page("red", "red", "");
        placement("blue", "p", "{'conflictPolicy':'refuse'}");
        page("blue", "blue", "");
        page("red", "red again", "");
        cluster("c2");

        assertThat(hub.held("c1").get(PAGE)).contains("\"red\"");
        assertThat(hub.held("c2")).doesNotContainKey(PAGE);
        assertThat(hub.results.get("red/p").conflicts().getFirst().clusters()).isEqualTo(2);
    }

    @Test
    void theHigherPriorityWins() {
        cluster("c1");
        placement("red", "p", "{'priority':5,'conflictPolicy':'priority'}");
        placement("blue", "p", "{'priority':4}");
        page("red", "red", "");
        page("blue", "blue", "");

        assertThat(hub.held("c1").get(PAGE)).contains("red");
    }

    @Test
    void mergeUnitesMapsByKey() {
        cluster("c1");
        placement("red", "p", "{'conflictPolicy':'merge'}");
        placement("blue", "p", "{}");
        write(
                "red",
                "configmaps",
                "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'page','namespace':'shop',"
                        + "'labels':{'a':'1','both':'red'}},'data':{'x':'red','both':'red'}}");
        write(
                "blue",
                "configmaps",
                "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'page','namespace':'shop',"
                        + "'labels':{'b':'2','both':'blue'}},'data':{'y':'blue','both':'blue'}}");

        assertThat(hub.held("c1").get(PAGE))
                .contains("\"data\":{\"both\":\"blue\",\"x\":\"red\",\"y\":\"blue\"}")
                .contains("\"labels\":{\"a\":\"1\",\"b\":\"2\",\"both\":\"blue\"}");
    }

    @Test
    void createOnlyIsOredAndOrphanTravelsToTheTombstone() {
        cluster("c1");
        placement(
                "red", "p", "{'deletionPolicy':'Orphan','downsync':[{'resources':['configmaps'],'createOnly':true}]}");
        placement("red", "q", "{}");
        page("red", "x", "");
        assertThat(entry("c1", PAGE).flags()).containsExactlyInAnyOrder(EntryFlag.CREATE_ONLY, EntryFlag.ORPHAN);

        hub.apply(hub.deletion("red", PAGE));

        assertThat(entry("c1", PAGE).isDelete()).isTrue();
        assertThat(entry("c1", PAGE).flags()).containsExactlyInAnyOrder(EntryFlag.CREATE_ONLY, EntryFlag.ORPHAN);
    }

    @Test
    void theTombstoneOfWhatWasOnlyToBeCreatedSaysSoThatItIsLeftAlone() {
        cluster("c1");
        placement("red", "p", "{'downsync':[{'resources':['configmaps'],'createOnly':true}]}");
        page("red", "x", "");

        hub.apply(hub.deletion("red", "edgeplacements.edge-mc.io//p"));

        assertThat(entry("c1", PAGE).isDelete()).isTrue();
        assertThat(entry("c1", PAGE).flags()).containsExactly(EntryFlag.CREATE_ONLY);
    }

    @Test
    void aFailedRenderingKeepsWhatIsThereAndStopsNobodyElse() {
        hub.apply(
                hub.write(hub.cluster("c1", Map.of("env", "prod"), Map.of("site", "one"))),
                hub.write(hub.cluster("c2", Map.of("env", "prod"), Map.of("site", "two"))));
        placement("red", "p", "{}");
        page("red", "at %(site)", "'edge-mc.io/expand-parameters':'true'");

        hub.apply(hub.write(hub.cluster("c2", Map.of("env", "prod"), Map.of())));
        page("red", "now at %(site)", "'edge-mc.io/expand-parameters':'true'");
        cluster("c3");

        assertThat(hub.held("c1").get(PAGE)).contains("now at one");
        assertThat(hub.held("c2").get(PAGE)).contains("\"at two\"");
        assertThat(hub.held("c3")).doesNotContainKey(PAGE);
        PlacementResult result = hub.results.get("red/p");
        assertThat(result.errorTotal()).isEqualTo(2);
        assertThat(result.errors().getFirst())
                .isEqualTo(new PlacementResult.ObjectError(
                        "c2", PAGE, "data.text", "the cluster has no parameter \"site\"", true));
        assertThat(result.errors().get(1).held()).isFalse();
        assertThat(hub.model.executing("red", ObjectKey.parse(PAGE)).clusters()).isEqualTo(2);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "leases | coordination.k8s.io/v1 | Lease",
                "events | v1 | Event",
                "controllerrevisions | apps/v1 | ControllerRevision",
                "nodes | v1 | Node",
            })
    void kindsThatNeverLeaveAreTold(String resource, String apiVersion, String kind) {
        cluster("c1");
        placement("red", "p", "{'downsync':[{'resources':['" + resource + "']}]}");
        write(
                "red",
                resource,
                "{'apiVersion':'" + apiVersion + "','kind':'" + kind + "','metadata':{'name':'x','namespace':'shop'}}");

        assertThat(hub.held("c1")).isEmpty();
        assertThat(hub.results.get("red/p").specErrors().getFirst().toString())
                .isEqualTo("spec.downsync[0].resources: " + resource + " never leave a space, so they are not sent");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "secrets | kubernetes.io/service-account-token | x | false",
                "secrets | bootstrap.kubernetes.io/token | x | false",
                "secrets | Opaque | x | true",
                "configmaps | any | kube-root-ca.crt | false",
                "serviceaccounts | any | default | false",
                "serviceaccounts | any | robot | true",
                "endpoints | any | x | true",
            })
    void systemObjectsStay(String resource, String type, String name, boolean sent) {
        cluster("c1");
        placement("red", "p", "{'downsync':[{'namespaces':['shop']}]}");
        write(
                "red",
                resource,
                "{'apiVersion':'v1','kind':'Any','metadata':{'name':'" + name + "','namespace':'shop'},'type':'" + type
                        + "'}");

        assertThat(hub.held("c1").containsKey(resource + "/shop/" + name)).isEqualTo(sent);
    }

    @Test
    void theNamespaceDefaultIsNeverDeleted() {
        cluster("c1");
        placement("red", "p", "{}");
        write(
                "red",
                "configmaps",
                "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'x','namespace':'default'}}");
        assertThat(entry("c1", "namespaces//default").flags()).containsExactly(EntryFlag.EXISTENCE);

        hub.apply(hub.deletion("red", "configmaps/default/x"));

        assertThat(hub.entry("c1", "namespaces//default")).isNull();
        assertThat(entry("c1", "configmaps/default/x").isDelete()).isTrue();
    }

    @Test
    void contentOfSecretsIsSealed() {
        cluster("c1");
        placement("red", "p", "{'downsync':[{'resources':['secrets']}]}");
        write(
                "red",
                "secrets",
                "{'apiVersion':'v1','kind':'Secret','metadata':{'name':'x','namespace':'shop'},"
                        + "'data':{'k':'Y2FuYXJ5'}}");

        assertThat(hub.content(Objects.requireNonNull(
                                entry("c1", "secrets/shop/x").content()))
                        .sealed())
                .isTrue();
        assertThat(hub.contents.values())
                .noneMatch(content -> new String(content.bytes(), StandardCharsets.UTF_8).contains("Y2FuYXJ5"));
        assertThat(hub.held("c1").get("secrets/shop/x")).contains("Y2FuYXJ5");
    }

    @Test
    void anErrorInASecretRepeatsNothingOfIt() {
        cluster("c1");
        placement("red", "p", "{'downsync':[{'resources':['secrets']}]}");
        write(
                "red",
                "secrets",
                "{'apiVersion':'v1','kind':'Secret','metadata':{'name':'x','namespace':'shop',"
                        + "'annotations':{'edge-mc.io/expand-parameters':'true'}},"
                        + "'stringData':{'password':'p%(canary)w'}}");

        PlacementResult.ObjectError error = hub.results.get("red/p").errors().getFirst();
        assertThat(error.field()).isEqualTo("stringData.password");
        assertThat(error.reason()).contains("no parameter").contains("withheld").doesNotContain("canary");
    }

    @Test
    void whatIsUpsyncedIsNotSent() {
        cluster("c1");
        placement("red", "p", "{}");
        page("red", "x", "");

        placement(
                "red",
                "p",
                "{'upsync':[{'apiGroup':'','resources':['configmaps'],'namespaces':['*'],'names':['page']}]}");

        assertThat(entry("c1", PAGE).isDelete()).isTrue();
        assertThat(entry("c1", PAGE).flags()).containsExactly(EntryFlag.ORPHAN);
        assertThat(hub.held("c1")).containsKey("syncerconfigs.edge-mc.io//the-syncer");
    }

    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | {} | IfSame | Correct | false",
                "'adoptionPolicy':'Always' | - | Always | Correct | true",
                "'driftPolicy':'Report' | - | IfSame | Report | true",
                "'adoptionPolicy':'Always','driftPolicy':'Freeze' | 'driftPolicy':'Report' | IfSame | Freeze | true",
                "'adoptionPolicy':'Always' | 'adoptionPolicy':'Never' | Never | Correct | true",
                "'adoptionPolicy':'Always' | {} | IfSame | Correct | false",
            })
    void theStrictestPolicyForWhatIsFoundAtTheEdgeTravelsToTheSyncer(
            String one, String two, String adoption, String drift, boolean sent) {
        cluster("c1");
        placement("red", "one", "{" + one.replace("{}", "") + "}");
        if (!two.equals("-")) {
            placement("red", "two", "{" + two.replace("{}", "") + "}");
        }

        String config = hub.held("c1").get("syncerconfigs.edge-mc.io//the-syncer");
        if (sent) {
            assertThat(config)
                    .contains("\"adoptionPolicy\":\"" + adoption + "\"")
                    .contains("\"driftPolicy\":\"" + drift + "\"");
        } else {
            assertThat(config).isNull();
        }
    }

    @Test
    void aPolicyForTheEdgeIsLive() {
        cluster("c1");
        placement("red", "p", "{}");
        page("red", "x", "");

        placement("red", "p", "{'driftPolicy':'Freeze'}");
        assertThat(hub.held("c1").get("syncerconfigs.edge-mc.io//the-syncer")).contains("Freeze");

        placement("red", "p", "{}");
        assertThat(hub.held("c1")).containsOnlyKeys("namespaces//shop", PAGE);
    }

    @Test
    void quarantineFreezesAndDecommissionDeletesWhatIsHeld() {
        cluster("c1");
        placement("red", "p", "{}");
        page("red", "x", "");

        assertThat(hub.apply(hub.write(state("c1", State.QUARANTINED))).targets())
                .isEmpty();
        hub.apply(hub.deletion("red", PAGE));
        assertThat(hub.held("c1")).containsKey(PAGE);
        hub.apply(hub.write(state("c1", State.DECOMMISSION_DELETE)));

        assertThat(hub.held("c1")).isEmpty();
        assertThat(entry("c1", PAGE).isDelete()).isTrue();
        assertThat(entry("c1", PAGE).flags()).isEmpty();
        assertThat(hub.restart().targets()).isEmpty();
    }

    @Test
    void decommissionCanLetGoOfEverything() {
        cluster("c1");
        placement("red", "p", "{}");
        page("red", "x", "");

        hub.apply(hub.write(state("c1", State.DECOMMISSION_ORPHAN)));

        assertThat(entry("c1", PAGE).flags()).containsExactly(EntryFlag.ORPHAN);
    }

    @Test
    void aRestoreThatLostAnObjectForgetsButNeverDeletes() {
        cluster("c1");
        placement("red", "p", "{}");
        page("red", "x", "");

        hub.objects.remove("red|" + PAGE);
        hub.restart();

        assertThat(hub.entry("c1", PAGE)).isNull();
    }

    @Test
    void tombstonesGoOnceAcknowledgedAndSomethingElseChanges() {
        cluster("c1");
        placement("red", "p", "{}");
        page("red", "x", "");
        hub.apply(hub.deletion("red", PAGE));
        assertThat(entry("c1", PAGE).isDelete()).isTrue();

        hub.model.acknowledged("uid-c1", hub.revision);
        write(
                "red",
                "configmaps",
                "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'other','namespace':'shop'}}");

        assertThat(hub.entry("c1", PAGE)).isNull();
    }

    @Test
    void taintsKeepPlacementsAwayUnlessTolerated() {
        Taint taint = new Taint("dedicated", "lab", Taint.Effect.NoExecute);
        ClusterFacts tainted = new ClusterFacts(
                "uid-c1", "c1", Map.of("env", "prod"), Map.of(), Map.of(), List.of(taint), false, State.ACTIVE);
        hub.apply(hub.write(tainted));
        page("red", "x", "");
        placement("red", "p", "{}");
        assertThat(hub.held("c1")).isEmpty();

        placement("red", "p", "{'tolerations':[{'key':'dedicated','operator':'Exists'}]}");

        assertThat(hub.held("c1")).containsKey(PAGE);
    }

    @Test
    void maxClustersChoosesStablyAndSpreads() {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            changes.add(hub.write(hub.cluster("c" + i, Map.of("env", "prod", "zone", "z" + i % 3), Map.of())));
        }
        hub.apply(changes.toArray(Change[]::new));
        placement("red", "p", "{'maxClusters':6,'spread':{'label':'zone'}}");
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
        placement("red", "p", "{}");
        page("red", "x", "");

        Resolution changed = page("red", "y", "");
        Resolution moved = hub.model.apply(
                new Batch(++hub.revision, List.of(hub.deletion("red", "edgeplacements.edge-mc.io//p"))));

        assertThat(changed.targets()).hasSize(10_000);
        assertThat(changed.contents().stream().filter(content -> content.kind() == ContentKind.OBJECT))
                .hasSize(1);
        assertThat(changed.contents()).hasSizeLessThan(6);
        assertThat(moved.targets()).hasSize(10_000);
        assertThat(moved.contents()).hasSizeLessThan(6);
    }

    private Set<String> clustersOf(String space, String name) {
        return hub.model.clustersOf(new PlacementId(space, name, space + "-edgeplacements.edge-mc.io//" + name));
    }

    private ClusterFacts state(String name, State state) {
        return new ClusterFacts(
                "uid-" + name, name, Map.of("env", "prod"), Map.of(), Map.of(), List.of(), false, state);
    }

    @Test
    void writesThatAreCommittedTogetherKeepTheirTracesAtTheClustersThatTheyConcern() {
        // Given two clusters, each selected by a placement of another space
        cluster("c1");
        hub.apply(hub.write(hub.cluster("c2", Map.of("env", "test"), Map.of())));
        placement("red", "one", "{}");
        placement("blue", "two", "{'locationSelectors':[{'matchLabels':{'env':'test'}}]}");

        // When
        Change red = traced("red", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        Change blue = traced("blue", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        hub.apply(red, blue);

        // Then
        assertThat(hub.targets.get("uid-c1").traceparent()).contains("0af7651916cd43dd8448eb211c80319c");
        assertThat(hub.targets.get("uid-c2").traceparent()).contains("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(hub.targets.get("uid-c2").writtenAt()).isEqualTo("2026-11-02T12:00:00Z");
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

    private void cluster(String name) {
        hub.apply(hub.write(hub.cluster(name, Map.of("env", "prod"), Map.of())));
    }

    /** A placement of all ConfigMaps on production clusters, changed by the members given. */
    private void placement(String space, String name, String members) {
        var spec = Json.object(
                "{'locationSelectors':[{'matchLabels':{'env':'prod'}}],'downsync':[{'resources':['configmaps']}]}");
        spec.setAll(Json.object(members));
        var placement = Json.object(
                "{'apiVersion':'edge-mc.io/v1alpha1','kind':'EdgePlacement','metadata':{'name':'" + name + "'}}");
        placement.set("spec", spec);
        hub.apply(hub.object(space, "edgeplacements", placement));
    }

    private Resolution page(String space, String text, String annotations) {
        return write(
                space,
                "configmaps",
                "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'page','namespace':"
                        + "'shop','annotations':{" + annotations + "}},'data':{'text':'" + text + "'}}");
    }

    private Resolution write(String space, String resource, String body) {
        return hub.apply(hub.object(space, resource, Json.object(body)));
    }

    private ManifestEntry entry(String cluster, String key) {
        return Objects.requireNonNull(hub.entry(cluster, key), key);
    }
}
