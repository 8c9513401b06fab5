package io.edgemc.kube.clients;

import io.edgemc.kube.conformance.Outcome;
import io.edgemc.kube.conformance.Outcome.Part;
import io.edgemc.kube.conformance.Side;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** fabric8's client and informers: each scenario on both sides. What a scenario throws fails its test. */
@RequiresClients
class Fabric8Test {
    private static final Map<String, Consumer<Fabric8>> SCENARIOS = new LinkedHashMap<>();

    static {
        SCENARIOS.putAll(Fabric8Writes.scenarios());
        SCENARIOS.putAll(Fabric8Watches.scenarios());
    }

    @TestFactory
    Stream<DynamicTest> fabric8SeesTheSameOnBothSides(BothSides sides) {
        Map<String, Declared> declared = DeclaredDifferences.of("fabric8");
        DynamicTest whole = DynamicTest.dynamicTest(
                "declared are only scenarios",
                () -> Assertions.assertThat(SCENARIOS.keySet()).containsAll(declared.keySet()));
        return Stream.concat(
                Stream.of(whole),
                SCENARIOS.entrySet().stream()
                        .map(one -> DynamicTest.dynamicTest(
                                one.getKey(),
                                () -> Differences.check(
                                        "fabric8/" + one.getKey(),
                                        declared.get(one.getKey()),
                                        run(one.getKey(), one.getValue(), sides.reference()),
                                        run(one.getKey(), one.getValue(), sides.space())))));
    }

    private static List<Outcome> run(String name, Consumer<Fabric8> scenario, Side side) {
        try (Fabric8 fabric8 = new Fabric8(side, "fabric8-" + name.replace(' ', '-'))) {
            scenario.accept(fabric8);
            Assertions.assertThat(fabric8.transcript()).isNotBlank();
            return List.of(new Outcome(name, List.of(new Part("transcript", fabric8.transcript()))));
        }
    }
}
