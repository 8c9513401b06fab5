package io.edgemc.servers.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgemc.servers.testing.TestKafka;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

class TestKafkaTest {
    @Test
    void carriesRecordsOfATopicThatWasMade() {
        // Given
        String topic = TestKafka.uniqueName("letters");
        TestKafka.createTopics(2, topic);

        // When
        Records.send(TestKafka.shared(), topic, Map.of("k1", "a", "k2", "b"));

        // Then
        assertThat(Records.readAll(TestKafka.shared(), topic)).containsOnly(Map.entry("k1", "a"), Map.entry("k2", "b"));
    }

    @Test
    void makesNoTopicByItself() {
        try (Admin admin = TestKafka.shared().admin()) {
            assertThatThrownBy(() -> admin.describeTopics(List.of("nobody-made-this"))
                            .allTopicNames()
                            .get())
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }
}
