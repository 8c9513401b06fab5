package io.edgemc.mailbox.testing;

import io.edgemc.api.event.EventTypes;
import io.edgemc.api.event.ReportKeys;
import io.edgemc.api.event.Topics;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.report.ClusterReport;
import io.edgemc.bus.BusSettings;
import io.edgemc.bus.consume.EventConsumers;
import io.edgemc.bus.consume.ReceivedEvent;
import io.edgemc.bus.consume.Subscription;
import io.edgemc.mailbox.testing.TestPlacement.Cluster;
import io.edgemc.servers.testing.TestKafka;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Reads the topic of reports, and the dead letters, as others do. */
public final class TestReports {
    private static final List<ReceivedEvent> SEEN = new CopyOnWriteArrayList<>();

    static {
        new EventConsumers(
                        BusSettings.of(TestKafka.bootstrapServers(), "reports-reader"),
                        TestHub.shared().publisher(),
                        Topics.DEAD_LETTERS.topic(),
                        new SimpleMeterRegistry(),
                        Clock.systemUTC())
                .consumer(
                        Subscription.replayed("reports-reader", Topics.REPORTS.topic(), Topics.DEAD_LETTERS.topic()),
                        batch -> SEEN.addAll(batch.events()))
                .start();
    }

    private TestReports() {}

    public static List<ReceivedEvent> seen() {
        return SEEN;
    }

    public static ReceivedEvent await(String what, Predicate<ReceivedEvent> wanted) {
        Until.holds(what, () -> SEEN.stream().anyMatch(wanted));
        return SEEN.stream().filter(wanted).reduce((first, second) -> second).orElseThrow();
    }

    public static ClusterReport awaitCluster(Cluster cluster, Predicate<ClusterReport> wanted) {
        return read(await(
                "a cluster report",
                event -> event.key().equals(ReportKeys.cluster(cluster.uid()))
                        && event.event().type().equals(EventTypes.CLUSTER_REPORT)
                        && !event.event().isTombstone()
                        && wanted.test(read(event))));
    }

    private static ClusterReport read(ReceivedEvent event) {
        return ApiJson.MAPPER.readValue(event.event().requireData(), ClusterReport.class);
    }
}
