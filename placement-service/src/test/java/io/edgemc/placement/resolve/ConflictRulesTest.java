package io.edgemc.placement.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What several placements and spaces make of one object. */
class ConflictRulesTest {
    private static final String PAGE = "configmaps/shop/page";

    private final Shop shop = new Shop();
    private final TestHub hub = shop.hub;

    @Test
    void overlapIsAdditive() {
        shop.cluster("c1");
        shop.placement("red", "one", "{}");
        shop.placement("red", "two", "{}");
        shop.page("red", "v1", "");

        hub.apply(hub.deletion("red", "edgeplacements.edge-mc.io//one"));

        assertThat(hub.held("c1")).containsKey(PAGE);
        assertThat(shop.entry("c1", PAGE).isDelete()).isFalse();
    }

    @Test
    void equalObjectsOfTwoSpacesAreSharedAndLeaveWithTheLast() {
        shop.cluster("c1");
        shop.placement("red", "p", "{}");
        shop.placement("blue", "p", "{}");
        shop.page("red", "same", "");
        shop.page("blue", "same", "");
        assertThat(hub.decision(shop.entry("c1", PAGE)).type()).isEqualTo("share");
        assertThat(hub.results.get("red/p").conflictTotal()).isZero();

        hub.apply(hub.deletion("red", PAGE));
        assertThat(hub.held("c1")).containsKey(PAGE);
        hub.apply(hub.deletion("blue", PAGE));
        assertThat(shop.entry("c1", PAGE).isDelete()).isTrue();
    }

    @Test
    void theLatestWinsAndTheLoserTakesOverWithoutADeletionInBetween() {
        shop.cluster("c1");
        shop.placement("red", "p", "{}");
        shop.placement("blue", "p", "{}");
        shop.page("red", "red", "");
        shop.page("blue", "blue", "");

        assertThat(hub.held("c1").get(PAGE)).contains("blue");
        assertThat(hub.decision(shop.entry("c1", PAGE)).type()).isEqualTo("latest");
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
        shop.cluster("c1");
        shop.placement("red", "p", "{}");
        shop.page("red", "red", "");
        shop.placement("blue", "p", "{'conflictPolicy':'refuse'}");
        shop.page("blue", "blue", "");
        shop.page("red", "red again", "");
        shop.cluster("c2");

        assertThat(hub.held("c1").get(PAGE)).contains("\"red\"");
        assertThat(hub.held("c2")).doesNotContainKey(PAGE);
        assertThat(hub.results.get("red/p").conflicts().getFirst().clusters()).isEqualTo(2);
    }

    @Test
    void theHigherPriorityWins() {
        shop.cluster("c1");
        shop.placement("red", "p", "{'priority':5,'conflictPolicy':'priority'}");
        shop.placement("blue", "p", "{'priority':4}");
        shop.page("red", "red", "");
        shop.page("blue", "blue", "");

        assertThat(hub.held("c1").get(PAGE)).contains("red");
    }

    @Test
    void mergeUnitesMapsByKey() {
        shop.cluster("c1");
        shop.placement("red", "p", "{'conflictPolicy':'merge'}");
        shop.placement("blue", "p", "{}");
        shop.write(
                "red",
                "configmaps",
                "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'page','namespace':'shop',"
                        + "'labels':{'a':'1','both':'red'}},'data':{'x':'red','both':'red'}}");
        shop.write(
                "blue",
                "configmaps",
                "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'page','namespace':'shop',"
                        + "'labels':{'b':'2','both':'blue'}},'data':{'y':'blue','both':'blue'}}");

        assertThat(hub.held("c1").get(PAGE))
                .contains("\"data\":{\"both\":\"blue\",\"x\":\"red\",\"y\":\"blue\"}")
                .contains("\"labels\":{\"a\":\"1\",\"b\":\"2\",\"both\":\"blue\"}");
    }
}
