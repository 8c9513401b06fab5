package io.edgemc.mailbox.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgemc.api.agent.AgentPaths;
import io.edgemc.mailbox.authority.AgentAuthority;
import io.edgemc.mailbox.authority.ClusterIdentity;
import io.edgemc.mailbox.testing.TestAgent;
import io.edgemc.mailbox.testing.TestHub;
import io.edgemc.mailbox.testing.TestPlacement;
import io.edgemc.mailbox.testing.TestTls;
import io.edgemc.mailbox.testing.Until;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentListenerTest {
    private final TestHub hub = TestHub.shared();
    private final TestPlacement placement = new TestPlacement();

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void both_versions_of_http_are_spoken_over_tls_1_3(HttpClient.Version version) throws Exception {
        if (version.name().equals("HTTP_3")) {
            return;
        }
        try (HttpClient client = TestTls.client(null, null, version)) {
            // When
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(hub.agentUrl() + AgentPaths.MAILBOX))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            // Then
            assertThat(answer.version()).isEqualTo(version);
            assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
            assertThat(TestAgent.code(answer)).isEqualTo("certificate-required");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/agent/v1",
                "/agent/v1/mailbox/",
                "/agent/v1/../v1/mailbox",
                "/agent/v1%2fmailbox",
                "/agent/v2/mailbox",
                "/agent/v1/%2e%2e/mailbox"
            })
    void paths_that_are_not_exactly_known_are_not_found(String path) {
        try (TestAgent agent = TestAgent.enrolled(placement.cluster("path"))) {
            // When
            HttpResponse<String> answer = agent.get(path);
            // Then
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(TestAgent.code(answer)).isEqualTo("not-found");
        }
    }

    @Test
    void a_wrong_method_is_refused() {
        try (TestAgent agent = TestAgent.enrolled(placement.cluster("method"))) {
            assertThat(TestAgent.code(agent.get(AgentPaths.SESSION))).isEqualTo("method-not-allowed");
        }
    }

    @Test
    void a_certificate_of_another_authority_ends_the_handshake(@TempDir java.nio.file.Path folder) {
        // Given
        AgentAuthority other = AgentAuthority.open(folder, Clock.systemUTC(), new SecureRandom());
        KeyPair pair = TestTls.keyPair();
        String forged = other.issueClient(
                        new ClusterIdentity(placement.cluster("forged").uid()), pair.getPublic(), Duration.ofDays(1))
                .pem();
        try (HttpClient client = TestTls.client(pair.getPrivate(), forged, HttpClient.Version.HTTP_2)) {
            // When, then
            assertThatThrownBy(() -> client.send(
                            HttpRequest.newBuilder(URI.create(hub.agentUrl() + AgentPaths.MAILBOX))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_certificate_that_was_never_recorded_opens_nothing() {
        // Given
        KeyPair pair = TestTls.keyPair();
        String unrecorded = hub.bean(AgentAuthority.class)
                .issueClient(
                        new ClusterIdentity(placement.cluster("unrecorded").uid()),
                        pair.getPublic(),
                        Duration.ofDays(1))
                .pem();
        try (TestAgent agent =
                new TestAgent(TestTls.client(pair.getPrivate(), unrecorded, HttpClient.Version.HTTP_2), null)) {
            // When, then
            assertThat(TestAgent.code(agent.poll("", 0))).isEqualTo("credential-refused");
        }
    }

    @Test
    void an_oversized_body_is_refused() {
        try (TestAgent stranger = TestAgent.stranger()) {
            // When
            HttpResponse<String> answer = stranger.postRaw(AgentPaths.ENROLL, "x".repeat(100_000));
            // Then
            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(TestAgent.code(answer)).isEqualTo("too-large");
        }
    }

    @Test
    void an_oversized_body_of_unknown_length_is_refused() {
        try (TestAgent stranger = TestAgent.stranger()) {
            // When
            HttpResponse<String> answer =
                    stranger.send(HttpRequest.newBuilder(URI.create(hub.agentUrl() + AgentPaths.ENROLL))
                            .POST(HttpRequest.BodyPublishers.ofInputStream(
                                    () -> new java.io.ByteArrayInputStream(new byte[100_000]))));
            // Then
            assertThat(TestAgent.code(answer)).isEqualTo("too-large");
        }
    }

    @Test
    void a_body_too_deep_is_refused() {
        try (TestAgent stranger = TestAgent.stranger()) {
            // When
            HttpResponse<String> answer =
                    stranger.postRaw(AgentPaths.ENROLL, "{\"token\":" + "[".repeat(7_000) + "]".repeat(7_000) + "}");
            // Then
            assertThat(TestAgent.code(answer)).isEqualTo("malformed");
        }
    }

    @Test
    void a_compressed_body_is_refused_before_it_bursts() throws IOException {
        // Given
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            gzip.write(new byte[10_000_000]);
        }
        try (TestAgent stranger = TestAgent.stranger()) {
            // When
            HttpResponse<String> answer =
                    stranger.send(HttpRequest.newBuilder(URI.create(hub.agentUrl() + AgentPaths.ENROLL))
                            .header("content-encoding", "gzip")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(bomb.toByteArray())));
            // Then
            assertThat(answer.statusCode()).isEqualTo(415);
            assertThat(TestAgent.code(answer)).isEqualTo("encoding-refused");
        }
    }

    @Test
    void a_body_that_is_not_json_is_refused_without_quoting_it() {
        try (TestAgent stranger = TestAgent.stranger()) {
            // When
            HttpResponse<String> answer = stranger.postRaw(AgentPaths.ENROLL, "{\"token\": canary-7f3a");
            // Then
            assertThat(TestAgent.code(answer)).isEqualTo("malformed");
            assertThat(answer.body()).doesNotContain("canary");
        }
    }

    @Test
    void a_taken_port_is_said_by_its_address() {
        // Given
        int port = URI.create(hub.agentUrl()).getPort();
        AgentAuthority authority = hub.bean(AgentAuthority.class);
        // When, then
        assertThatThrownBy(() -> AgentListener.start(
                        ListenerSettings.at("127.0.0.1", port),
                        authority.issueServer(java.util.Set.of("localhost")),
                        authority.certificate(),
                        java.util.List.of(),
                        certificate -> true,
                        new Connections(),
                        Clock.systemUTC(),
                        Runnable::run))
                .hasMessageContaining("127.0.0.1:" + port);
    }

    @Test
    void connections_beyond_the_limit_of_an_address_are_closed_before_the_handshake() throws Exception {
        // Given
        AgentAuthority authority = hub.bean(AgentAuthority.class);
        Connections connections = new Connections();
        try (AgentListener listener = AgentListener.start(
                        ListenerSettings.at("127.0.0.1", 0).withConnections(10, 2),
                        authority.issueServer(java.util.Set.of("localhost")),
                        authority.certificate(),
                        java.util.List.of(),
                        certificate -> true,
                        connections,
                        Clock.systemUTC(),
                        Runnable::run);
                java.net.Socket first = new java.net.Socket("127.0.0.1", listener.port());
                java.net.Socket second = new java.net.Socket("127.0.0.1", listener.port())) {
            Until.holds("both are counted", () -> connections.size() == 2);
            // When
            try (java.net.Socket third = new java.net.Socket("127.0.0.1", listener.port())) {
                // Then
                third.setSoTimeout(10_000);
                assertThat(third.getInputStream().read()).isEqualTo(-1);
                assertThat(connections.refused()).isEqualTo(1);
            }
            second.close();
            Until.holds("one is left", () -> connections.size() == 1);
            try (java.net.Socket next = new java.net.Socket("127.0.0.1", listener.port())) {
                Until.holds("there is room again", () -> connections.size() == 2);
            }
            assertThat(first.isConnected()).isTrue();
        }
    }

    @Test
    void the_authority_keeps_its_key_to_its_owner() throws IOException {
        // Given
        java.nio.file.Path key = hub.folder().resolve("ca/ca.key");
        // Then
        assertThat(java.nio.file.attribute.PosixFilePermissions.toString(
                        java.nio.file.Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(new String(java.nio.file.Files.readAllBytes(key), StandardCharsets.US_ASCII))
                .contains("PRIVATE KEY");
    }
}
