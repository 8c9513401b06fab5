package io.edgemc.mailbox.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.content.KeyRing;
import io.edgemc.api.report.ObjectReport;
import io.edgemc.api.report.Origin;
import io.edgemc.bus.BusSettings;
import io.edgemc.bus.publish.EventPublisher;
import io.edgemc.bus.publish.KafkaEventPublisher;
import io.edgemc.mailbox.listener.AgentReply;
import io.edgemc.mailbox.listener.Guard;
import io.edgemc.mailbox.testing.TestPlacement;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class BrokerAwayTest {
    /** What was answered, as text. */
    private static final class Answers implements AgentReply {
        private final List<String> given = new ArrayList<>();

        @Override
        public void send(
                int status,
                String contentType,
                Map<String, String> headers,
                List<byte[]> chunks,
                @Nullable Runnable over) {
            given.add(status + " " + headers.get("retry-after") + " "
                    + new String(chunks.getFirst(), StandardCharsets.UTF_8));
        }

        @Override
        public void onGone(Runnable action) {
            // Nobody goes away here.
        }

        @Override
        public Cancellable after(Duration delay, Runnable action) {
            return () -> {};
        }
    }

    @Test
    void without_a_broker_nothing_is_acknowledged_and_the_edge_is_told_when_to_come_back() {
        // Given
        Answers answers = new Answers();
        ObjectReport report = new ObjectReport(
                "uid",
                1,
                1,
                TestPlacement.key("configmaps", "shop", "a"),
                Origin.UPSYNC,
                1,
                "0".repeat(64),
                false,
                TestPlacement.configMap("shop", "a", "1"),
                "2026-01-01T00:00:00Z",
                "");
        try (EventPublisher publisher = new KafkaEventPublisher(
                BusSettings.of("127.0.0.1:1", "test").withPublishTimeout(Duration.ofSeconds(1)))) {
            ReportLog log = new ReportLog(
                    publisher,
                    KeyRing.parse(KeyRing.generate(new SecureRandom())),
                    Clock.systemUTC(),
                    Duration.ofSeconds(2));
            // When
            Guard.run(
                    "uid", "/reports", answers, () -> log.append("uid", new ReportBatch(1, List.of(report)), () -> {}));
            // Then
            assertThat(answers.given)
                    .singleElement()
                    .satisfies(answer -> assertThat(answer)
                            .startsWith("503 5 ")
                            .contains("\"code\":\"unavailable\"", "The bus is away"));
            assertThat(log.acknowledged("uid", 1)).isZero();
        }
    }

    @Test
    void without_a_database_the_edge_is_told_when_to_come_back() {
        // Given
        Answers answers = new Answers();
        // When
        Guard.run("uid", "/session", answers, () -> {
            throw new DataAccessResourceFailureException("connection to db refused, password=canary");
        });
        // Then
        assertThat(answers.given)
                .singleElement()
                .satisfies(answer -> assertThat(answer)
                        .startsWith("503 5 ")
                        .contains("\"code\":\"unavailable\"", "The database is away")
                        .doesNotContain("canary"));
    }
}
