package io.edgemc.mailbox.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.agent.AgentPaths;
import io.edgemc.api.agent.EnrollRequest;
import io.edgemc.api.json.ApiJson;
import io.edgemc.door.access.Role;
import io.edgemc.mailbox.testing.TestAgent;
import io.edgemc.mailbox.testing.TestGateway;
import io.edgemc.mailbox.testing.TestHub;
import io.edgemc.mailbox.testing.TestPlacement;
import io.edgemc.mailbox.testing.TestPlacement.Cluster;
import io.edgemc.mailbox.testing.TestTls;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class EnrolmentApiTest {
    private final TestPlacement placement = new TestPlacement();
    private final TestGateway owner = new TestGateway(Role.INFRASTRUCTURE_OWNER);

    @Test
    void an_owner_gets_a_token_that_enrols_the_cluster() {
        // Given
        Cluster cluster = placement.cluster("api");
        // When
        HttpResponse<String> answer = owner.post("/api/v1/clusters/" + cluster.name() + "/tokens", "{}");
        // Then
        assertThat(answer.statusCode()).isEqualTo(201);
        JsonNode body = ApiJson.MAPPER.readTree(answer.body());
        assertThat(body.path("agentUrl").asString()).isEqualTo(TestHub.shared().agentUrl());
        assertThat(body.path("caPem").asString()).contains("BEGIN CERTIFICATE");
        try (TestAgent stranger = TestAgent.stranger()) {
            assertThat(stranger.post(
                                    AgentPaths.ENROLL,
                                    new EnrollRequest(
                                            body.path("token").asString(), TestTls.csr(TestTls.keyPair(), List.of())))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_space_admin_may_not_make_tokens() {
        // Given
        Cluster cluster = placement.cluster("api");
        // When
        HttpResponse<String> answer =
                new TestGateway(Role.SPACE_ADMIN).post("/api/v1/clusters/" + cluster.name() + "/tokens", "{}");
        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(TestAgent.code(answer)).isEqualTo("forbidden");
    }

    @Test
    void an_unknown_cluster_is_a_problem_with_a_code() {
        // When
        HttpResponse<String> answer = owner.post("/api/v1/clusters/nobody/tokens", "{}");
        // Then
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(TestAgent.code(answer)).isEqualTo("cluster-not-found");
    }

    @Test
    void a_life_out_of_range_is_refused() {
        // Given
        Cluster cluster = placement.cluster("api");
        // When
        HttpResponse<String> answer =
                owner.post("/api/v1/clusters/" + cluster.name() + "/tokens", "{\"lifeSeconds\":99999999}");
        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(TestAgent.code(answer)).isEqualTo("life-out-of-range");
    }

    @Test
    void who_comes_past_the_gateway_is_refused() {
        // When
        HttpResponse<String> answer = TestGateway.send(
                HttpRequest.newBuilder(URI.create(TestHub.shared().serviceUrl() + "/api/v1/clusters/any/tokens"))
                        .POST(HttpRequest.BodyPublishers.noBody()));
        // Then
        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void revocation_ends_parked_polls_and_refuses_new_calls() {
        // Given
        Cluster cluster = placement.cluster("revoke");
        try (TestAgent agent = TestAgent.inSession(cluster)) {
            var poll = agent.pollAsync("", 40);
            // When
            HttpResponse<String> answer = owner.post("/api/v1/clusters/" + cluster.name() + "/revoke", "");
            // Then
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("\"revoked\":1");
            assertThat(poll.handle((response, failure) -> failure != null).join())
                    .as("the open stream ended")
                    .isTrue();
            assertThat(TestAgent.code(agent.poll("", 0))).isEqualTo("credential-refused");
        }
    }
}
