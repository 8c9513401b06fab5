package io.edgemc.mailbox.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.bus.topic.HubTopics;
import io.edgemc.bus.topic.TopicSpec;
import io.edgemc.mailbox.testing.TestHub;
import io.edgemc.servers.testing.TestKafka;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.junit.jupiter.api.Test;

/** Whichever service comes first makes the topics, so all must want the same. */
class TopicsTest {
    @Test
    void the_topics_that_this_service_makes_are_those_of_the_hub() throws Exception {
        // Given
        assertThat(TestHub.shared().context().isRunning()).isTrue();
        List<TopicSpec> specs = HubTopics.specs(TestHub.PARTITIONS, 1);
        // When
        Map<String, TopicDescription> made;
        try (Admin admin = TestKafka.shared().admin()) {
            made = admin.describeTopics(specs.stream().map(TopicSpec::name).toList())
                    .allTopicNames()
                    .get();
        }
        // Then
        assertThat(made.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                topic -> topic.getValue().partitions().size())))
                .isEqualTo(specs.stream().collect(Collectors.toMap(TopicSpec::name, TopicSpec::partitions)));
    }
}
