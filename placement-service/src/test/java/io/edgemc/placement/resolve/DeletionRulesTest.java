package io.edgemc.placement.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.manifest.EntryFlag;
import io.edgemc.placement.resolve.ClusterFacts.State;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is deleted at the edge, what is let go, and what is only forgotten. */
class DeletionRulesTest {
    private static final String PAGE = "configmaps/shop/page";

    private final Shop shop = new Shop();
    private final TestHub hub = shop.hub;

    @Test
    void createOnlyIsOredAndOrphanTravelsToTheTombstone() {
        shop.cluster("c1");
        shop.placement(
                "red", "p", "{'deletionPolicy':'Orphan','downsync':[{'resources':['configmaps'],'createOnly':true}]}");
        shop.placement("red", "q", "{}");
        shop.page("red", "x", "");
        assertThat(shop.entry("c1", PAGE).flags()).containsExactlyInAnyOrder(EntryFlag.CREATE_ONLY, EntryFlag.ORPHAN);

        hub.apply(hub.deletion("red", PAGE));

        assertThat(shop.entry("c1", PAGE).isDelete()).isTrue();
        assertThat(shop.entry("c1", PAGE).flags()).containsExactlyInAnyOrder(EntryFlag.CREATE_ONLY, EntryFlag.ORPHAN);
    }

    @Test
    void theTombstoneOfWhatWasOnlyToBeCreatedSaysSoThatItIsLeftAlone() {
        shop.cluster("c1");
        shop.placement("red", "p", "{'downsync':[{'resources':['configmaps'],'createOnly':true}]}");
        shop.page("red", "x", "");

        hub.apply(hub.deletion("red", "edgeplacements.edge-mc.io//p"));

        assertThat(shop.entry("c1", PAGE).isDelete()).isTrue();
        assertThat(shop.entry("c1", PAGE).flags()).containsExactly(EntryFlag.CREATE_ONLY);
    }

    @Test
    void theNamespaceDefaultIsNeverDeleted() {
        shop.cluster("c1");
        shop.placement("red", "p", "{}");
        shop.write(
                "red",
                "configmaps",
                "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'x','namespace':'default'}}");
        assertThat(shop.entry("c1", "namespaces//default").flags()).containsExactly(EntryFlag.EXISTENCE);

        hub.apply(hub.deletion("red", "configmaps/default/x"));

        assertThat(hub.entry("c1", "namespaces//default")).isNull();
        assertThat(shop.entry("c1", "configmaps/default/x").isDelete()).isTrue();
    }

    @Test
    void quarantineFreezesAndDecommissionDeletesWhatIsHeld() {
        shop.cluster("c1");
        shop.placement("red", "p", "{}");
        shop.page("red", "x", "");

        assertThat(hub.apply(hub.write(state("c1", State.QUARANTINED))).targets())
                .isEmpty();
        hub.apply(hub.deletion("red", PAGE));
        assertThat(hub.held("c1")).containsKey(PAGE);
        hub.apply(hub.write(state("c1", State.DECOMMISSION_DELETE)));

        assertThat(hub.held("c1")).isEmpty();
        assertThat(shop.entry("c1", PAGE).isDelete()).isTrue();
        assertThat(shop.entry("c1", PAGE).flags()).isEmpty();
        assertThat(hub.restart().targets()).isEmpty();
    }

    @Test
    void decommissionCanLetGoOfEverything() {
        shop.cluster("c1");
        shop.placement("red", "p", "{}");
        shop.page("red", "x", "");

        hub.apply(hub.write(state("c1", State.DECOMMISSION_ORPHAN)));

        assertThat(shop.entry("c1", PAGE).flags()).containsExactly(EntryFlag.ORPHAN);
    }

    @Test
    void aRestoreThatLostAnObjectForgetsButNeverDeletes() {
        shop.cluster("c1");
        shop.placement("red", "p", "{}");
        shop.page("red", "x", "");

        hub.objects.remove("red|" + PAGE);
        hub.restart();

        assertThat(hub.entry("c1", PAGE)).isNull();
    }

    @Test
    void tombstonesGoOnceAcknowledgedAndSomethingElseChanges() {
        shop.cluster("c1");
        shop.placement("red", "p", "{}");
        shop.page("red", "x", "");
        hub.apply(hub.deletion("red", PAGE));
        assertThat(shop.entry("c1", PAGE).isDelete()).isTrue();

        hub.model.acknowledged("uid-c1", hub.revision);
        shop.write(
                "red",
                "configmaps",
                "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'other','namespace':'shop'}}");

        assertThat(hub.entry("c1", PAGE)).isNull();
    }

    private ClusterFacts state(String name, State state) {
        return new ClusterFacts(
                "uid-" + name, name, Map.of("env", "prod"), Map.of(), Map.of(), List.of(), false, state);
    }
}
