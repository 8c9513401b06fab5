package io.edgemc.bus.topic;

import io.edgemc.bus.BusSettings;
import io.edgemc.bus.publish.BusUnavailableException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the topics that are missing. Leaves those that are there as they are: their operator may have tuned them, and
 * a change of the partitions would move keys. Safe while other services do the same.
 */
public final class TopicProvisioner {
    private static final Logger log = LoggerFactory.getLogger(TopicProvisioner.class);
    private static final int TIMEOUT_MILLIS = 10_000;

    private final BusSettings settings;

    public TopicProvisioner(BusSettings settings) {
        this.settings = settings;
    }

    /**
     * Returns when all topics are there.
     *
     * @throws BusUnavailableException when the broker does not answer or refuses
     */
    public void provision(Collection<TopicSpec> specs) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        properties.put(AdminClientConfig.CLIENT_ID_CONFIG, settings.clientName() + "-topics");
        properties.put(AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS / 2);
        properties.putAll(settings.client());
        try (Admin admin = Admin.create(properties)) {
            provision(admin, specs);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new BusUnavailableException("the topics could not be made: " + cause.getMessage(), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusUnavailableException("interrupted while the topics were made", e);
        }
    }

    private static void provision(Admin admin, Collection<TopicSpec> specs)
            throws ExecutionException, InterruptedException {
        Set<String> present = admin.listTopics().names().get();
        List<TopicSpec> missing =
                specs.stream().filter(spec -> !present.contains(spec.name())).toList();
        create(admin, missing);
        Set<String> old = new HashSet<>(specs.stream().map(TopicSpec::name).toList());
        missing.forEach(spec -> old.remove(spec.name()));
        compare(admin, specs, old);
    }

    private static void create(Admin admin, List<TopicSpec> missing) throws ExecutionException, InterruptedException {
        if (missing.isEmpty()) {
            return;
        }
        List<NewTopic> topics = new ArrayList<>();
        for (TopicSpec spec : missing) {
            topics.add(new NewTopic(spec.name(), spec.partitions(), (short) spec.replicas())
                    .configs(spec.configuration(BusSettings.MAX_REQUEST_BYTES)));
        }
        for (var made : admin.createTopics(topics).values().entrySet()) {
            try {
                made.getValue().get();
                log.info("Made topic {}", made.getKey());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
                log.debug("Another service made topic {} meanwhile", made.getKey());
            }
        }
    }

    private static void compare(Admin admin, Collection<TopicSpec> specs, Set<String> old)
            throws ExecutionException, InterruptedException {
        if (old.isEmpty()) {
            return;
        }
        Map<String, TopicSpec> wanted = specs.stream().collect(Collectors.toMap(TopicSpec::name, Function.identity()));
        for (TopicDescription topic :
                admin.describeTopics(old).allTopicNames().get().values()) {
            TopicSpec spec = wanted.get(topic.name());
            if (spec != null && spec.partitions() != topic.partitions().size()) {
                log.warn(
                        "Topic {} has {} partitions, the configuration says {}; it stays as it is",
                        topic.name(),
                        topic.partitions().size(),
                        spec.partitions());
            }
        }
    }
}
