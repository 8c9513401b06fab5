package io.edgemc.bus.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.event.Topics;
import io.edgemc.bus.BusSettings;
import io.edgemc.servers.testing.TestKafka;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.ConfigResource.Type;
import org.junit.jupiter.api.Test;

class TopicProvisionerTest {

    @Test
    void theHubsTopicsAreMadeAsTheyShouldBeAndLeftAlone() throws Exception {
        // Given
        TopicProvisioner provisioner = new TopicProvisioner(BusSettings.of(TestKafka.bootstrapServers(), "test"));
        provisioner.provision(HubTopics.specs(3, 1));

        // When it happens again, with another wish
        provisioner.provision(HubTopics.specs(6, 1));

        // Then
        try (Admin admin = TestKafka.shared().admin()) {
            List<String> names = Topics.all().stream().map(Topics::topic).toList();
            assertThat(admin.describeTopics(names).allTopicNames().get().values())
                    .hasSize(8)
                    .allSatisfy(topic -> assertThat(topic.partitions())
                            .hasSize(topic.name().equals(Topics.DEAD_LETTERS.topic()) ? 1 : 3));
            assertThat(policy(admin, Topics.CONTENT)).isEqualTo("compact");
            assertThat(policy(admin, Topics.EVENTS)).isEqualTo("delete");
        }
    }

    private static String policy(Admin admin, Topics topic) throws Exception {
        ConfigResource resource = new ConfigResource(Type.TOPIC, topic.topic());
        return admin.describeConfigs(List.of(resource))
                .all()
                .get()
                .get(resource)
                .get("cleanup.policy")
                .value();
    }
}
