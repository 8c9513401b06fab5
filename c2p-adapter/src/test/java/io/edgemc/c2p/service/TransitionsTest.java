package io.edgemc.c2p.service;

import static io.edgemc.c2p.service.RunningService.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.event.ComplianceState;
import io.edgemc.api.event.Topics;
import io.edgemc.api.json.ApiJson;
import io.edgemc.bus.BusSettings;
import io.edgemc.bus.consume.EventConsumer;
import io.edgemc.bus.consume.EventConsumers;
import io.edgemc.bus.consume.ReceivedEvent;
import io.edgemc.bus.consume.Subscription;
import io.edgemc.c2p.service.Fleet.Cluster;
import io.edgemc.servers.testing.TestKafka;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What the public topic says. */
class TransitionsTest {
    private final RunningService service = RunningService.shared();
    private final Fleet fleet = new Fleet(service);
    private final List<String> told = new CopyOnWriteArrayList<>();

    @Test
    void transitionsAreToldAndNothingElse() {
        EventConsumer reader = new EventConsumers(
                        BusSettings.of(TestKafka.bootstrapServers(), "reader"),
                        service.publisher(),
                        Topics.DEAD_LETTERS.topic(),
                        new SimpleMeterRegistry(),
                        Clock.systemUTC())
                .consumer(
                        Subscription.replayed("reader", Topics.COMPLIANCE.topic()),
                        batch -> batch.events().forEach(this::tell));
        reader.start();
        try {
            // Given
            Cluster cluster = fleet.cluster("told");
            ObjectNode report = Objects.report("shop", "web", "telling", "pass");
            fleet.place(cluster, false, List.of(Objects.clusterPolicy("telling")));
            awaitTold("unknown");
            fleet.report(cluster, report);
            awaitTold("unknown", "pass");

            // When nothing but the time is new, then the outcome
            ((ObjectNode) report.at("/results/0/timestamp")).put("seconds", 1763899999);
            fleet.report(cluster, report);
            ((ObjectNode) report.at("/results/0")).put("result", "fail");
            fleet.report(cluster, report);

            // Then
            awaitTold("unknown", "pass", "fail");

            // And when the cluster goes
            fleet.remove(cluster);
            awaitTold("unknown", "pass", "fail", "gone");
        } finally {
            reader.stop();
        }
    }

    private void tell(ReceivedEvent event) {
        if (!event.key().startsWith("telling/")) {
            return;
        }
        told.add(
                event.event().isTombstone()
                        ? "gone"
                        : ApiJson.MAPPER
                                .readValue(event.event().requireData(), ComplianceState.class)
                                .state());
    }

    private void awaitTold(String... states) {
        eventually().untilAsserted(() -> assertThat(told).containsExactly(states));
    }
}
