package io.edgemc.mailbox.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.agent.AgentPaths;
import io.edgemc.api.agent.SessionRequest;
import io.edgemc.api.agent.SessionResponse;
import io.edgemc.api.target.TargetState;
import io.edgemc.mailbox.testing.TestAgent;
import io.edgemc.mailbox.testing.TestHub;
import io.edgemc.mailbox.testing.TestPlacement;
import io.edgemc.mailbox.testing.TestPlacement.Cluster;
import io.edgemc.mailbox.testing.Until;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SessionTest {
    private final TestPlacement placement = new TestPlacement();
    private final TestHub hub = TestHub.shared();

    @Test
    void a_new_session_fences_the_older_one_and_ends_its_poll() {
        // Given
        Cluster cluster = placement.cluster("fence");
        try (TestAgent agent = TestAgent.inSession(cluster)) {
            long older = agent.epoch();
            CompletableFuture<HttpResponse<String>> poll = agent.pollAsync(TargetState.EMPTY.text(), 40);
            // When
            SessionResponse newer = agent.openSession();
            // Then
            assertThat(newer.epoch()).isGreaterThan(older);
            assertThat(poll.join().statusCode()).isEqualTo(409);
            assertThat(TestAgent.code(poll.join())).isEqualTo("stale-epoch");
            assertThat(TestAgent.code(agent.get(AgentPaths.MAILBOX + "?epoch=" + older)))
                    .isEqualTo("stale-epoch");
            assertThat(agent.poll("", 0).statusCode()).isEqualTo(204);
        }
    }

    @Test
    void an_agent_that_remembers_its_last_session_and_target_changes_no_hub_epoch() {
        // Given
        Cluster cluster = placement.cluster("remembers");
        try (TestAgent agent = TestAgent.inSession(cluster)) {
            SessionResponse last = agent.openSession();
            // When
            SessionResponse next = agent.openSession(remembering(last.hubEpoch(), last.epoch(), 0));
            // Then
            assertThat(next.hubEpoch()).isEqualTo(last.hubEpoch());
        }
    }

    @Test
    void a_database_that_is_an_older_copy_is_noticed_once() {
        // Given two agents, and then the rows as an older copy of the database has them: no identity of PostgreSQL
        // changed
        Cluster cluster = placement.cluster("copy");
        Cluster other = placement.cluster("copy");
        try (TestAgent agent = TestAgent.inSession(cluster);
                TestAgent second = TestAgent.inSession(other)) {
            SessionResponse last = agent.openSession();
            SessionResponse lastOfOther = second.openSession();
            assertThat(lastOfOther.hubEpoch()).isEqualTo(last.hubEpoch());
            hub.jdbc().update("update mailbox set epoch = 5 where cluster_uid = any(?)", (Object)
                    new String[] {cluster.uid(), other.uid()});
            // When
            SessionResponse restored = agent.openSession(remembering(last.hubEpoch(), last.epoch(), 0));
            SessionResponse restoredOfOther =
                    second.openSession(remembering(lastOfOther.hubEpoch(), lastOfOther.epoch(), 0));
            // Then
            assertThat(restored.hubEpoch()).isNotEqualTo(last.hubEpoch());
            assertThat(restored.epoch()).isGreaterThan(last.epoch());
            assertThat(restoredOfOther.hubEpoch()).isEqualTo(restored.hubEpoch());
        }
    }

    @Test
    void so_is_one_that_does_not_know_a_target_that_it_gave() {
        // Given
        Cluster cluster = placement.cluster("copy");
        try (TestAgent agent = TestAgent.inSession(cluster)) {
            SessionResponse last = agent.openSession();
            // When
            SessionResponse restored = agent.openSession(remembering(last.hubEpoch(), last.epoch(), 1_000_000));
            // Then
            assertThat(restored.hubEpoch()).isNotEqualTo(last.hubEpoch());
        }
    }

    private static SessionRequest remembering(String hubEpoch, long lastEpoch, long revision) {
        return new SessionRequest("i", "0.1", "v1.36.3", List.of(1), hubEpoch, lastEpoch, revision);
    }

    @Test
    void a_session_from_the_future_is_stale_as_well() {
        try (TestAgent agent = TestAgent.inSession(placement.cluster("future"))) {
            assertThat(TestAgent.code(agent.get(AgentPaths.MAILBOX + "?epoch=" + Long.MAX_VALUE)))
                    .isEqualTo("stale-epoch");
        }
    }

    @Test
    void an_agent_that_speaks_no_common_version_is_told() {
        try (TestAgent agent = TestAgent.enrolled(placement.cluster("version"))) {
            // When
            HttpResponse<String> answer =
                    agent.post(AgentPaths.SESSION, new SessionRequest("i", "9", "v1", List.of(99)));
            // Then
            assertThat(TestAgent.code(answer)).isEqualTo("protocol-not-spoken");
        }
    }

    @Test
    void a_connection_that_ends_makes_the_cluster_disconnected_and_a_return_connects_it() {
        // Given
        Cluster cluster = placement.cluster("silent");
        TestAgent agent = TestAgent.inSession(cluster);
        assertThat(connected(cluster)).isTrue();
        // When
        agent.close();
        // Then
        Until.holds("disconnected", () -> !connected(cluster));
    }

    private boolean connected(Cluster cluster) {
        return Boolean.TRUE.equals(hub.jdbc()
                .queryForObject("select connected from mailbox where cluster_uid = ?", Boolean.class, cluster.uid()));
    }
}
