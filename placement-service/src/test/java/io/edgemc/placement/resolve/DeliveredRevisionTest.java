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
    private final Shop shop = new Shop();
    private final TestHub hub = shop.hub;

    @Test
    void anotherPlacementLeavesTheOthersDelivered() {
        shop.cluster("c1", "prod");
        redPlaced("other");
        long delivered = deliveredFrom("red");

        placement("blue", "prod");

        assertThat(deliveredFrom("red")).isEqualTo(delivered);
        assertThat(deliveredFrom("blue")).isEqualTo(target().revision());
    }

    @Test
    void aPlacementThatLeavesLeavesTheOthersDelivered() {
        shop.cluster("c1", "prod");
        redAndBlue("other", "prod");
        long delivered = deliveredFrom("red");

        hub.apply(hub.deletion("blue", "edgeplacements.edge-mc.io//p"));

        assertThat(deliveredFrom("red")).isEqualTo(delivered);
    }

    @Test
    void aPlacementThatContendsForAnObjectMakesTheOtherWait() {
        shop.cluster("c1", "prod");
        redPlaced("page");

        placement("blue", "prod");

        assertThat(deliveredFrom("red")).isEqualTo(target().revision());
        assertThat(deliveredFrom("blue")).isEqualTo(target().revision());
    }

    @Test
    void aClusterThatIsRelabelledHasToHoldAnOldPlacementFirst() {
        shop.cluster("c1", "prod");
        redAndBlue("other", "test");

        shop.cluster("c1", "test");

        assertThat(deliveredFrom("blue")).isEqualTo(target().revision());
    }

    @Test
    void aClusterThatIsRelabelledHasToHoldWhatOthersHoldForLong() {
        shop.cluster("c1", "prod");
        redAndBlue("other", "test");
        shop.cluster("c2", "test");
        hub.revision += 100;

        shop.cluster("c1", "test");

        assertThat(deliveredFrom("blue")).isEqualTo(target().revision());
    }

    @Test
    void aClusterThatIsRelabelledHasToHoldAgainWhatIsMadeOfItsLabels() {
        hub.apply(hub.write(hub.cluster("c1", Map.of("env", "prod", "city", "Basel"), Map.of())));
        shop.page("red", "%(city)", "'edge-mc.io/expand-parameters':'true'");
        shop.page("blue", "other", "blue", "");
        placement("red", "prod");
        placement("blue", "prod", "'city':'Bern'");

        hub.apply(hub.write(hub.cluster("c1", Map.of("env", "prod", "city", "Bern"), Map.of())));

        assertThat(deliveredFrom("red")).isEqualTo(target().revision());
    }

    @Test
    void aClusterThatJoinsOthersHasToHoldAllThatTheyHave() {
        redAndBlue("other", "prod");
        shop.cluster("c2", "prod");
        hub.revision += 100;

        shop.cluster("c1", "prod");

        assertThat(deliveredFrom("red")).isEqualTo(target().revision());
        assertThat(deliveredFrom("blue")).isEqualTo(target().revision());
    }

    @Test
    void aPlacementThatComesToAClusterHasToBeHeldThereThoughOthersHoldItForLong() {
        hub.apply(hub.write(hub.cluster("c1", Map.of("env", "prod"), Map.of())));
        hub.apply(hub.write(hub.cluster("c2", Map.of("env", "prod", "city", "Bern"), Map.of())));
        redPlaced("other");
        placement("blue", "prod", "'city':'Bern'");
        hub.revision += 100;

        placement("blue", "prod");

        assertThat(deliveredFrom("blue")).isEqualTo(target().revision());
    }

    @Test
    void aPlacementThatChangesHowAnObjectIsTreatedMakesTheOtherWait() {
        shop.cluster("c1", "prod");
        shop.page("red", "text", "");
        shop.page("blue", "text", "");
        placement("red", "prod");

        shop.placement("blue", "p", "{'downsync':[{'resources':['configmaps'],'createOnly':true}]}");

        assertThat(deliveredFrom("red")).isEqualTo(target().revision());
    }

    @Test
    void aStartChangesNothingOfIt() {
        shop.cluster("c1", "prod");
        redAndBlue("other", "prod");
        long red = deliveredFrom("red");
        long blue = deliveredFrom("blue");

        hub.restart();
        shop.page("red", "third", "third", "");

        assertThat(deliveredFrom("red")).isEqualTo(target().revision()).isGreaterThan(red);
        assertThat(deliveredFrom("blue")).isEqualTo(blue);
    }

    @Test
    void aStartThatFindsFewerPlacementsThanTheClusterHadMakesAllOthersWait() {
        shop.cluster("c1", "prod");
        redAndBlue("other", "prod");

        hub.objects.remove("blue|edgeplacements.edge-mc.io//p");
        hub.restart();

        assertThat(deliveredFrom("red")).isEqualTo(target().revision());
    }

    /** A page of each of two spaces, of which only red's is placed. */
    private void redPlaced(String pageOfBlue) {
        shop.page("red", "page", "red", "");
        shop.page("blue", pageOfBlue, "blue", "");
        placement("red", "prod");
    }

    private void redAndBlue(String pageOfBlue, String envOfBlue) {
        redPlaced(pageOfBlue);
        placement("blue", envOfBlue);
    }

    private void placement(String space, String env) {
        placement(space, env, "");
    }

    /** @param another label that is asked for; may be empty */
    private void placement(String space, String env, String another) {
        String more = another.isEmpty() ? "" : "," + another;
        shop.placement(space, "p", "{'locationSelectors':[{'matchLabels':{'env':'" + env + "'" + more + "}}]}");
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
}
