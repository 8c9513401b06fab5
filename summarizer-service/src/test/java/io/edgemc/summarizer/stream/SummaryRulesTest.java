package io.edgemc.summarizer.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.edgemc.api.content.ContentKind;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.target.Combination;
import io.edgemc.api.target.Combination.PlacementRef;
import io.edgemc.api.target.Decision;
import io.edgemc.summarizer.definition.BuiltInDefinitions;
import io.edgemc.summarizer.fleet.Inputs;
import io.edgemc.summarizer.fleet.Inputs.Result;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SummaryRulesTest {
    private static final Inputs IN = new Inputs(Driver.TOPICS);
    private static final ObjectKey REPORT = Inputs.REPORT;
    private static final ObjectKey CLUSTER_REPORT = new ObjectKey("openreports.io", "clusterreports", "", "nodes");

    private final Driver driver = new Driver(BuiltInDefinitions.all());

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void countsResultsByEachBuiltInColumn() {
        // Given
        driver.send(IN.cluster("u1", "florin", Map.of()));
        driver.send(IN.cluster("u2", "guilder", Map.of()));

        // When
        driver.send(IN.report(
                "u1",
                REPORT,
                1,
                1,
                new Result("no-root", "a", "pass", "high"),
                new Result("no-root", "b", "fail", null)));
        driver.send(IN.report("u2", CLUSTER_REPORT, 1, 1, new Result("no-root", "a", "fail", "high")));

        // Then
        assertThat(driver.rows("policies"))
                .containsOnlyKeys(List.of("no-root"))
                .extractingByKey(List.of("no-root"))
                .isEqualTo(Map.of("pass", 1, "fail", 2, "warn", 0, "error", 0, "skip", 0, "results", 3, "clusters", 2));
        assertThat(driver.rows("policy-rules")).containsOnlyKeys(List.of("no-root", "a"), List.of("no-root", "b"));
        assertThat(driver.rows("severities")).containsOnlyKeys(List.of("high"), List.of("unspecified"));
        assertThat(driver.rows("clusters")).containsOnlyKeys(List.of("florin"), List.of("guilder"));
        assertThat(driver.rows("namespaces")).containsOnlyKeys(List.of("shop"), List.of(""));
    }

    @Test
    void takesBackExactlyWhatAChangedReportNoLongerSays() {
        // Given
        driver.send(IN.cluster("u1", "florin", Map.of()));
        driver.send(IN.report("u1", REPORT, 1, 1, Result.of("a", "fail"), Result.of("b", "pass")));

        // When
        driver.send(IN.report("u1", REPORT, 1, 2, Result.of("a", "pass")));

        // Then
        assertThat(driver.rows("policies")).containsOnlyKeys(List.of("a"));
        assertThat(driver.rows("policies").get(List.of("a"))).contains(entry("fail", 0), entry("pass", 1));
    }

    @ParameterizedTest(name = "a report of epoch {0}, sequence {1} after one of 2, 5 counts: {2}")
    @CsvSource({"2, 6, true", "3, 1, true", "2, 5, false", "2, 4, false", "1, 9, false"})
    void onlyLaterReportsCount(long epoch, long sequence, boolean counts) {
        // Given
        driver.send(IN.cluster("u1", "florin", Map.of()));
        driver.send(IN.report("u1", REPORT, 2, 5, Result.of("a", "pass")));

        // When
        driver.send(IN.report("u1", REPORT, epoch, sequence, Result.of("b", "pass")));

        // Then
        assertThat(driver.rows("policies")).containsOnlyKeys(List.of(counts ? "b" : "a"));
    }

    @Test
    void anOlderReportDoesNotReviveADeletedObject() {
        // Given
        driver.send(IN.cluster("u1", "florin", Map.of()));
        driver.send(IN.deleted("u1", REPORT, 1, 2));

        // When
        driver.send(IN.report("u1", REPORT, 1, 1, Result.of("a", "pass")));

        // Then
        assertThat(driver.rows("policies")).isEmpty();
    }

    @Test
    void theSameObjectAgainWritesNoRow() {
        // Given
        driver.send(IN.cluster("u1", "florin", Map.of()));
        driver.send(IN.report("u1", REPORT, 1, 1, Result.of("a", "pass")));
        int before = driver.rowsWritten();

        // When
        driver.send(IN.report("u1", REPORT, 1, 2, Result.of("a", "pass")));

        // Then
        assertThat(driver.rowsWritten()).isEqualTo(before);
    }

    @Test
    void aClusterShowsWhenTheInventoryNamesIt() {
        // Given
        driver.send(IN.report("u1", REPORT, 1, 1, Result.of("a", "pass")));
        assertThat(driver.rows("clusters")).isEmpty();

        // When
        driver.send(IN.cluster("u1", "florin", Map.of()));

        // Then
        assertThat(driver.rows("clusters")).containsOnlyKeys(List.of("florin"));
    }

    @Test
    void aRenamedClusterMovesWholly() {
        // Given
        driver.send(IN.cluster("u1", "florin", Map.of()));
        driver.send(IN.report("u1", REPORT, 1, 1, Result.of("a", "pass")));

        // When
        driver.send(IN.cluster("u1", "gulden", Map.of()));

        // Then
        assertThat(driver.rows("clusters")).containsOnlyKeys(List.of("gulden"));
    }

    @Test
    void aClusterThatIsGoneNeverShowsAndLeavesNothing() {
        // Given
        driver.send(IN.cluster("u1", "florin", Map.of()));
        driver.send(IN.report("u1", REPORT, 1, 1, Result.of("a", "pass")));
        driver.send(IN.target("u1", 1, null, 1));

        // When
        driver.send(IN.clusterGone("u1"));
        driver.send(IN.report("u1", REPORT, 1, 2, Result.of("a", "fail")));
        driver.send(IN.applied("u1", 1, 1, false));

        // Then
        assertThat(driver.rows("policies")).isEmpty();
        assertThat(driver.rows("clusters")).isEmpty();
        driver.pass(Duration.ofHours(24 * 365));
        assertThat(driver.entries("clusters", "sources", "placements", "bodies", "groups", "values", "reminders"))
                .isZero();
    }

    @Test
    void aPlacementIsPendingThenDelivered() {
        // Given
        Combination combination = new Combination(List.of(new PlacementRef("s", "web", "p1", 10)));
        driver.send(IN.cluster("u1", "florin", Map.of()));
        driver.send(IN.target("u1", 10, Inputs.digest(combination), 10));
        assertThat(driver.rows("placements")).as("nothing is guessed").isEmpty();
        driver.send(IN.content(combination));
        assertThat(placement("p1")).contains(entry("pending", 1), entry("delivered", 0), entry("clusters", 1));

        // When
        driver.send(IN.applied("u1", 1, 10, false));

        // Then
        assertThat(placement("p1")).contains(entry("pending", 0), entry("delivered", 1));
    }

    @ParameterizedTest(name = "changed at {0}, since {1}, applied {2}, exception {3}, stale {4}: {5}")
    @CsvSource({
        "10, 5, 10, false, false, delivered",
        "5, 10, 9, false, false, pending",
        "10, 5, 9, false, false, pending",
        "10, 5, 9, false, true, stale",
        "10, 5, 10, false, true, delivered",
        "10, 5, 10, true, false, failed",
        "10, 5, 9, true, true, failed",
    })
    void stateOfAPlacement(long changedAt, long since, long applied, boolean exception, boolean stale, String state) {
        // Given
        Combination combination = new Combination(List.of(new PlacementRef("s", "web", "p1", changedAt)));
        Decision decision =
                new Decision("select", List.of(new Decision.Source("s", "web", "p1")), null, null, null, null, null);
        driver.send(IN.content(combination));
        driver.send(IN.cluster("u1", "florin", Map.of()));
        driver.send(IN.target("u1", 20, Inputs.digest(combination), since));

        // When
        driver.send(
                exception
                        ? IN.applied("u1", 1, applied, stale, Inputs.exception(decision))
                        : IN.applied("u1", 1, applied, stale));
        driver.send(IN.content(decision));

        // Then
        assertThat(placement("p1")).contains(entry(state, 1), entry("clusters", 1));
    }

    @Test
    void aPlacementThatLeavesAClusterIsTakenBack() {
        // Given
        Combination both =
                new Combination(List.of(new PlacementRef("s", "web", "p1", 1), new PlacementRef("t", "db", "p2", 1)));
        Combination one = new Combination(List.of(new PlacementRef("t", "db", "p2", 1)));
        driver.send(IN.content(both));
        driver.send(IN.content(one));
        driver.send(IN.cluster("u1", "florin", Map.of()));
        driver.send(IN.target("u1", 1, Inputs.digest(both), 1));

        // When
        driver.send(IN.target("u1", 2, Inputs.digest(one), 2));

        // Then
        assertThat(driver.rows("placements")).containsOnlyKeys(List.of("t", "db", "p2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"acknowledged", "relabelled", "gone"})
    void dataOfAFormerVersionIsTakenOverAndCountsOnce(String next) {
        // Given a cluster whose placements are one source, which counts as pending
        Combination combination = new Combination(List.of(new PlacementRef("s", "web", "p1", 10)));
        driver.send(IN.content(combination));
        driver.send(IN.cluster("u1", "florin", Map.of()));
        driver.send(IN.target("u1", 10, Inputs.digest(combination), 10));
        driver.asOfFormerVersion("u1", "p1");

        // When
        switch (next) {
            case "acknowledged" -> driver.send(IN.applied("u1", 1, 10, false));
            case "relabelled" -> driver.send(IN.cluster("u1", "florin", Map.of("env", "prod")));
            default -> driver.send(IN.clusterGone("u1"));
        }

        // Then
        switch (next) {
            case "acknowledged" -> assertThat(placement("p1")).contains(entry("pending", 0), entry("delivered", 1));
            case "relabelled" -> assertThat(placement("p1")).contains(entry("pending", 1), entry("clusters", 1));
            default -> assertThat(driver.rows("placements")).isEmpty();
        }
        assertThat(driver.entries("sources")).isZero();
    }

    @Test
    void poisonGoesToTheDeadLettersAndBlocksNobody() {
        // Given
        driver.send(IN.cluster("u1", "florin", Map.of()));

        // When
        driver.send(IN.event(Driver.TOPICS.reports(), "u1|x", "io.edgemc.report.object.v1", bytes("{not json")));
        driver.send(IN.event(Driver.TOPICS.reports(), "u1|x", "io.edgemc.report.unheard-of.v1", bytes("{}")));
        driver.send(withKey("u2|" + REPORT.text()));
        driver.send(withKey("no-bar"));
        driver.send(IN.event(Driver.TOPICS.inventory(), "u1", "io.edgemc.inventory.cluster.v1", bytes("[]")));
        driver.send(IN.content(ContentKind.COMBINATION, bytes("{\"placements\":7}")));
        driver.send(IN.report("u1", REPORT, 1, 1, Result.of("a", "pass")));

        // Then
        assertThat(driver.deadLetters())
                .hasSize(6)
                .allSatisfy(letter -> assertThat(header(letter, "ce_type")).isEqualTo("io.edgemc.dead-letter.v1"))
                .allSatisfy(letter -> assertThat(header(letter, "ce_reason")).isNotBlank())
                .allSatisfy(
                        letter -> assertThat(header(letter, "ce_sourcetopic")).startsWith("edge-mc."))
                .extracting(letter -> new String(letter.value(), StandardCharsets.UTF_8))
                .contains("{not json");
        assertThat(driver.rows("policies")).containsOnlyKeys(List.of("a"));
    }

    private static String header(TestRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static ProducerRecord<byte[], byte[]> withKey(String key) {
        var report = IN.report("u1", REPORT, 1, 1, Result.of("a", "pass"));
        return IN.event(report.topic(), key, "io.edgemc.report.object.v1", report.value());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, Object> placement(String uid) {
        return driver.rows("placements").entrySet().stream()
                .filter(row -> row.getKey().contains(uid))
                .findFirst()
                .orElseThrow()
                .getValue();
    }
}
