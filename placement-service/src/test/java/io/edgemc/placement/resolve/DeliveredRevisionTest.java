package io.edgemc.placement.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.json.ApiJson;
import io.edgemc.api.target.Combination;
import io.edgemc.api.target.Combination.PlacementRef;
import io.edgemc.api.target.Target;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * From which revision on a placement counts as delivered at a cluster: what changes for one placement leaves the others delivered,
 * else a new placement on a whole fleet would cost all placements there are.
 */
class DeliveredRevisionTest {
    private final TestHub hub = new TestHub();

    @Test
    void anotherPlacementLeavesTheOthersDelivered() {
        cluster("prod");
        pages();
        placement("red", "prod");
        long delivered = deliveredFrom("red");

        placement("blue", "prod");

        assertThat(deliveredFrom("red")).isEqualTo(delivered);
        assertThat(deliveredFrom("blue")).isEqualTo(target().revision());
    }

    @Test
    void aPlacementThatLeavesLeavesTheOthersDelivered() {
        cluster("prod");
        pages();
        placement("red", "prod");
        placement("blue", "prod");
        long delivered = deliveredFrom("red");

        hub.apply(hub.deletion("blue", "edgeplacements.edge-mc.io//p"));

        assertThat(deliveredFrom("red")).isEqualTo(delivered);
    }

    @Test
    void aPlacementThatContendsForAnObjectMakesTheOtherWait() {
        cluster("prod");
        page("red", "page", "red");
        page("blue", "page", "blue");
        placement("red", "prod");

        placement("blue", "prod");

        assertThat(deliveredFrom("red")).isEqualTo(target().revision());
        assertThat(deliveredFrom("blue")).isEqualTo(target().revision());
    }

    @Test
    void aClusterThatIsRelabelledHasToHoldAnOldPlacementFirst() {
        cluster("prod");
        pages();
        placement("red", "prod");
        placement("blue", "test");

        cluster("test");

        assertThat(deliveredFrom("blue")).isEqualTo(target().revision());
    }

    @Test
    void aClusterThatIsRelabelledHasToHoldWhatOthersHoldForLong() {
        cluster("prod");
        pages();
        placement("red", "prod");
        placement("blue", "test");
        hub.apply(hub.write(hub.cluster("c2", Map.of("env", "test"), Map.of())));
        hub.revision += 100;

        cluster("test");

        assertThat(deliveredFrom("blue")).isEqualTo(target().revision());
    }

    @Test
    void aClusterThatIsRelabelledHasToHoldAgainWhatIsMadeOfItsLabels() {
        hub.apply(hub.write(hub.cluster("c1", Map.of("env", "prod", "city", "Basel"), Map.of())));
        hub.apply(hub.object(
                "red",
                "configmaps",
                Json.object("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'page','namespace':'shop',"
                        + "'annotations':{'edge-mc.io/expand-parameters':'true'}},'data':{'text':'%(city)'}}")));
        page("blue", "other", "blue");
        placement("red", "prod");
        placement("blue", "prod", "'city':'Bern'");

        hub.apply(hub.write(hub.cluster("c1", Map.of("env", "prod", "city", "Bern"), Map.of())));

        assertThat(deliveredFrom("red")).isEqualTo(target().revision());
    }

    @Test
    void aClusterThatJoinsOthersHasToHoldAllThatTheyHave() {
        pages();
        placement("red", "prod");
        placement("blue", "prod");
        hub.apply(hub.write(hub.cluster("c2", Map.of("env", "prod"), Map.of())));
        hub.revision += 100;

        cluster("prod");

        assertThat(deliveredFrom("red")).isEqualTo(target().revision());
        assertThat(deliveredFrom("blue")).isEqualTo(target().revision());
    }

    @Test
    void aStartChangesNothingOfIt() {
        cluster("prod");
        pages();
        placement("red", "prod");
        placement("blue", "prod");
        long red = deliveredFrom("red");
        long blue = deliveredFrom("blue");

        hub.restart();
        page("red", "third", "third");

        assertThat(deliveredFrom("red")).isEqualTo(target().revision()).isGreaterThan(red);
        assertThat(deliveredFrom("blue")).isEqualTo(blue);
    }

    private long deliveredFrom(String space) {
        Combination combination = ApiJson.MAPPER.readValue(
                hub.content(Objects.requireNonNull(target().combination())).bytes(), Combination.class);
        return combination.placements().stream()
                .filter(ref -> ref.space().equals(space))
                .mapToLong(PlacementRef::changedAt)
                .map(changed -> Math.max(changed, target().since()))
                .findFirst()
                .orElseThrow();
    }

    private Target target() {
        return Objects.requireNonNull(hub.targets.get("uid-c1"));
    }

    private void cluster(String env) {
        hub.apply(hub.write(hub.cluster("c1", Map.of("env", env), Map.of())));
    }

    private void placement(String space, String env) {
        placement(space, env, "");
    }

    private void placement(String space, String env, String another) {
        hub.apply(hub.object(
                space,
                "edgeplacements",
                Json.object("{'apiVersion':'edge-mc.io/v1alpha1','kind':'EdgePlacement','metadata':{'name':'p'},"
                        + "'spec':{'locationSelectors':[{'matchLabels':{'env':'" + env
                        + "'" + (another.isEmpty() ? "" : "," + another)
                        + "}}],'downsync':[{'resources':['configmaps']}]}}")));
    }

    /** One in each space, so that they do not contend. */
    private void pages() {
        page("red", "page", "red");
        page("blue", "other", "blue");
    }

    private void page(String space, String name, String text) {
        hub.apply(hub.object(
                space,
                "configmaps",
                Json.object("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'" + name
                        + "','namespace':'shop'},'data':{'text':'" + text + "'}}")));
    }
}
