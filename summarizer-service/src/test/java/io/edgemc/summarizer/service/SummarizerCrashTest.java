package io.edgemc.summarizer.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.event.SummaryRow;
import io.edgemc.api.event.Topics;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.servers.process.ChildProcess;
import io.edgemc.servers.process.ScratchFolder;
import io.edgemc.servers.process.Signal;
import io.edgemc.servers.testing.TestKafka;
import io.edgemc.summarizer.SummarizerApplication;
import io.edgemc.summarizer.fleet.Fleet;
import io.edgemc.summarizer.fleet.Inputs;
import io.edgemc.summarizer.fleet.Inputs.Result;
import io.edgemc.summarizer.wire.SummarizerTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The service as a process of its own, killed while it works: what its consumers see stays exact. */
@Tag("slow")
class SummarizerCrashTest {
    private static final Inputs IN = new Inputs(SummarizerTopics.ofBus());
    private static final int CLUSTERS = 20;
    private static final int REPORTS_PER_RUN = 2_000;
    private static final Duration DEADLINE = Duration.ofSeconds(120);

    /** Counts by policy and outcome, kept by hand: the last outcome of each (cluster, object). */
    private final Map<String, String> last = new HashMap<>();

    private final Random random = new Random(7);
    private long sequence;

    @Test
    void rowsAreExactAfterKillsInTheMiddleOfWork() throws InterruptedException {
        try (ScratchFolder folder = ScratchFolder.create("summarizer-crash");
                Fleet fleet = new Fleet(TestKafka.bootstrapServers())) {
            ChildProcess service = start(folder.path());
            try {
                service.await(SummarizerCrashTest::topicExists, DEADLINE);
                for (int cluster = 0; cluster < CLUSTERS; cluster++) {
                    fleet.send(IN.cluster("crash-" + cluster, "crash-" + cluster, Map.of()));
                }
                // When
                for (int kill = 0; kill < 2; kill++) {
                    report(fleet);
                    int before = rowsWritten();
                    service.await(() -> rowsWritten() > before, DEADLINE);
                    service.stop(Signal.KILL, Duration.ofSeconds(5));
                    report(fleet);
                    service = start(folder.path());
                }
                fleet.flush();

                // Then
                long end = System.nanoTime() + DEADLINE.toNanos();
                while (!rows().equals(expected())) {
                    assertThat(System.nanoTime())
                            .as("rows %s, expected %s", rows(), expected())
                            .isLessThan(end);
                    Thread.sleep(200);
                }
            } finally {
                service.stop(Signal.KILL, Duration.ofSeconds(5));
            }
        }
    }

    private void report(Fleet fleet) {
        for (int i = 0; i < REPORTS_PER_RUN; i++) {
            String uid = "crash-" + random.nextInt(CLUSTERS);
            ObjectKey key = new ObjectKey("wgpolicyk8s.io", "policyreports", "ns", "r" + random.nextInt(10));
            String outcome = random.nextBoolean() ? "pass" : "fail";
            fleet.send(IN.report(uid, key, 1, ++sequence, Result.of("crash-" + key.name(), outcome)));
            last.put(uid + "|" + key.name(), outcome);
        }
    }

    private Map<String, List<Integer>> expected() {
        Map<String, List<Integer>> rows = new TreeMap<>();
        last.forEach((place, outcome) -> rows.merge(
                "crash-" + place.substring(place.indexOf('|') + 1),
                outcome.equals("pass") ? List.of(1, 0, 1) : List.of(0, 1, 1),
                (a, b) -> List.of(a.get(0) + b.get(0), a.get(1) + b.get(1), a.get(2) + b.get(2))));
        return rows;
    }

    /** By policy: passes, fails, clusters, as a consumer of the public topic has them. */
    private static Map<String, List<Integer>> rows() {
        Map<String, String> latest = new HashMap<>();
        for (ConsumerRecord<String, String> record : Topic.records(Topics.SUMMARIES.topic())) {
            latest.put(record.key(), record.value());
        }
        Map<String, List<Integer>> rows = new TreeMap<>();
        latest.values().forEach(json -> {
            SummaryRow row = json == null ? null : ApiJson.MAPPER.readValue(json, SummaryRow.class);
            if (row != null
                    && row.summary().equals("policies")
                    && row.group().get("policy").startsWith("crash-")) {
                rows.put(
                        row.group().get("policy"),
                        List.of(number(row, "pass"), number(row, "fail"), number(row, "clusters")));
            }
        });
        return rows;
    }

    private static int number(SummaryRow row, String column) {
        return row.values().get(column) instanceof Number number ? number.intValue() : -1;
    }

    private static int rowsWritten() {
        return Topic.records(Topics.SUMMARIES.topic()).size();
    }

    private static boolean topicExists() {
        return Topic.exists(Topics.SUMMARIES.topic());
    }

    private static ChildProcess start(Path folder) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                SummarizerApplication.class.getName()));
        command.addAll(List.of(RunningService.arguments(folder.resolve("state").toString())));
        return ChildProcess.start("summarizer", folder, command, Map.of());
    }
}
