package io.edgemc.summarizer.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.event.Topics;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.door.access.Role;
import io.edgemc.servers.testing.TestKafka;
import io.edgemc.summarizer.fleet.Fleet;
import io.edgemc.summarizer.fleet.Inputs;
import io.edgemc.summarizer.fleet.Inputs.Result;
import io.edgemc.summarizer.wire.SummarizerTopics;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The whole service on a real broker, over HTTP. Each test has policies of its own. */
class SummarizerServiceTest {
    private static final Inputs IN = new Inputs(SummarizerTopics.ofBus());
    private static final String POLICIES = "/api/v1/summaries/policies";
    private static final ObjectKey REPORT = Inputs.REPORT;

    private static RunningService service;
    private static Fleet fleet;

    @BeforeAll
    static void start() throws InterruptedException {
        service = new RunningService();
        fleet = new Fleet(TestKafka.bootstrapServers());
        fleet.send(IN.cluster("u1", "florin", Map.of()));
        fleet.send(IN.cluster("u2", "guilder", Map.of()));
        long end = System.nanoTime() + 60_000_000_000L;
        while (service.get("/actuator/health/readiness").statusCode() != 200) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(50);
        }
    }

    @AfterAll
    static void stop() {
        fleet.close();
        service.close();
    }

    private static ObjectKey report(String name) {
        return new ObjectKey("wgpolicyk8s.io", "policyreports", "shop", name);
    }

    private static boolean hasRows(JsonNode page, int rows) {
        return page.get("items").size() == rows;
    }

    @Test
    void answersRowsOfAGroup() throws InterruptedException {
        // Given
        fleet.send(IN.report("u1", report("rows"), 1, 1, Result.of("rows-a", "pass"), Result.of("rows-b", "fail")));
        fleet.send(IN.report("u2", report("rows"), 1, 1, Result.of("rows-a", "fail")));

        // When
        JsonNode page = service.await(
                POLICIES + "?group.policy=rows-a",
                found -> hasRows(found, 1)
                        && found.at("/items/0/values/clusters").asInt() == 2);

        // Then
        assertThat(page.at("/items/0/values/pass").asInt()).isEqualTo(1);
        assertThat(page.at("/items/0/values/fail").asInt()).isEqualTo(1);
        assertThat(page.get("asOf").asString()).startsWith("20");
    }

    @Test
    void pagesWithoutGapOrRepetition() throws InterruptedException {
        // Given
        fleet.send(IN.report("u1", report("paging"), 1, 1, Result.of("page-1", "pass"), Result.of("page-2", "pass")));
        service.await(POLICIES + "?group.policy=page-1", found -> hasRows(found, 1));
        service.await(POLICIES + "?group.policy=page-2", found -> hasRows(found, 1));

        // When
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = ApiJson.MAPPER.readTree(
                    service.get(POLICIES + "?limit=1" + cursor, Role.AUDITOR).body());
            page.get("items").forEach(row -> seen.add(row.at("/group/policy").asString()));
            cursor = page.hasNonNull("cursor") ? "&cursor=" + page.get("cursor").asString() : "";
        } while (!cursor.isEmpty());

        // Then
        assertThat(seen).contains("page-1", "page-2").doesNotHaveDuplicates().isSorted();
    }

    @Test
    void aReaderOfEventsGoesOnWhereItWas() throws InterruptedException {
        // Given
        fleet.send(IN.report("u1", report("sse"), 1, 1, Result.of("sse-a", "pass"), Result.of("sse-b", "pass")));
        service.await(POLICIES + "?group.policy=sse-a", found -> hasRows(found, 1));
        service.await(POLICIES + "?group.policy=sse-b", found -> hasRows(found, 1));
        String last;
        try (EventReader reader = service.events(POLICIES + "/events", "")) {
            List<EventReader.Event> snapshot =
                    reader.until(event -> event.type().equals("synced"));
            assertThat(snapshot).extracting(SummarizerServiceTest::policy).contains("sse-a", "sse-b");
            last = snapshot.getLast().id();
        }

        // When
        fleet.send(IN.report("u1", report("sse"), 1, 2, Result.of("sse-a", "fail"), Result.of("sse-c", "pass")));
        service.await(POLICIES + "?group.policy=sse-b", found -> hasRows(found, 0));
        service.await(POLICIES + "?group.policy=sse-c", found -> hasRows(found, 1));

        // Then
        try (EventReader reader = service.events(POLICIES + "/events", last)) {
            List<EventReader.Event> missed = reader.until(event -> event.type().equals("synced"));
            assertThat(missed.stream().filter(event -> policy(event).startsWith("sse-")))
                    .extracting(event -> event.type() + " " + policy(event))
                    .containsExactlyInAnyOrder("row sse-a", "gone sse-b", "row sse-c");
            fleet.send(IN.report("u1", report("sse"), 1, 3, Result.of("sse-d", "pass")));
            assertThat(reader.until(event -> policy(event).equals("sse-d"))
                            .getLast()
                            .type())
                    .isEqualTo("row");
        }
    }

    @Test
    void aReaderWithAnIdOfAnotherTopicIsToldToBeginAgain() {
        // When
        try (EventReader reader = service.events(POLICIES + "/events", "9999999999999_0-999999999")) {
            // Then
            assertThat(reader.until(event -> event.type().equals("synced"))
                            .getFirst()
                            .type())
                    .isEqualTo("reset");
        }
    }

    @Test
    void poisonBlocksNobody() throws InterruptedException {
        // Given
        fleet.send(IN.event(
                Topics.REPORTS.topic(),
                "u1|broken",
                "io.edgemc.report.object.v1",
                "{not json".getBytes(StandardCharsets.UTF_8)));

        // When
        fleet.send(IN.report("u1", report("after-poison"), 1, 1, Result.of("after-poison", "pass")));

        // Then
        service.await(POLICIES + "?group.policy=after-poison", found -> hasRows(found, 1));
        String metrics = service.get("/actuator/prometheus").body();
        assertThat(metrics)
                .contains("edgemc_dead_letters_total{consumer=\"summarizer\",topic=\"edge-mc.reports.v1\"}")
                .containsPattern("edgemc_queue_age_seconds\\{[^}]*queue=\"summarizer\"")
                .containsPattern("edgemc_queue_age_seconds\\{[^}]*queue=\"summarizer-rows\"");
        assertThat(Topic.read(Topics.DEAD_LETTERS.topic())).contains("{not json");
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource({
        "/api/v1/summaries/nothing, 404, summary-not-found",
        "/api/v1/summaries/nothing/events, 404, summary-not-found",
        "/api/v1/summaries/policies?group.colour=red, 400, unknown-column",
        "/api/v1/summaries/policies?limit=0, 400, invalid-limit",
        "/api/v1/summaries/policies?limit=x, 400, invalid-limit",
        "/api/v1/summaries/policies?cursor=%21, 400, invalid-cursor",
        "/api/v1/summaries/policies?cursor=YWJj, 400, invalid-cursor",
        "/api/v1/summaries/policies?color=red, 400, unknown-parameter",
    })
    void aWrongRequestGetsAProblem(String path, int status, String code) {
        HttpResponse<String> answer = service.get(path, Role.SUMMARY_READER);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(ApiJson.MAPPER.readTree(answer.body()).get("code").asString())
                .isEqualTo(code);
    }

    @Test
    void whoComesPastTheGatewayIsRefused() {
        HttpResponse<String> answer = service.send(
                HttpRequest.newBuilder(URI.create(service.url(POLICIES))).build());

        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void whoMayNotReadSummariesIsRefused() {
        assertThat(service.get(POLICIES, Role.SPACE_EDITOR).statusCode()).isEqualTo(403);
        assertThat(service.get(POLICIES + "/events", Role.SPACE_EDITOR).statusCode())
                .isEqualTo(403);
    }

    @Test
    void listsTheSummaries() {
        assertThat(service.get("/api/v1/summaries", Role.SUMMARY_READER).body())
                .contains("placements", "policies", "policy-rules", "severities", "clusters", "namespaces");
    }

    private static String policy(EventReader.Event event) {
        return event.data().at("/group/policy").asString("");
    }
}
