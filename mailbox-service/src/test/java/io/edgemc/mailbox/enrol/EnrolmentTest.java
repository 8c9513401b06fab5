package io.edgemc.mailbox.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.agent.AgentPaths;
import io.edgemc.api.agent.EnrollRequest;
import io.edgemc.api.agent.EnrollResponse;
import io.edgemc.api.agent.RenewRequest;
import io.edgemc.api.json.ApiJson;
import io.edgemc.mailbox.authority.PeerCertificate;
import io.edgemc.mailbox.testing.TestAgent;
import io.edgemc.mailbox.testing.TestHub;
import io.edgemc.mailbox.testing.TestPlacement;
import io.edgemc.mailbox.testing.TestPlacement.Cluster;
import io.edgemc.mailbox.testing.TestTls;
import io.edgemc.mailbox.testing.Until;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnrolmentTest {
    private static final String PREFIX = "spiffe://edge-mc/cluster/";

    private final TestHub hub = TestHub.shared();
    private final TestPlacement placement = new TestPlacement();
    private final Cluster cluster = placement.cluster("enrol");
    private final TestAgent stranger = TestAgent.stranger();

    @AfterEach
    void close() {
        stranger.close();
    }

    private String token() {
        return hub.bean(JoinTokens.class)
                .issue(cluster.uid(), JoinTokens.DEFAULT_LIFE)
                .text();
    }

    private HttpResponse<String> enroll(String token, String csr) {
        return stranger.post(AgentPaths.ENROLL, new EnrollRequest(token, csr));
    }

    private static String csr(GeneralName... names) {
        return TestTls.csr(TestTls.keyPair(), List.of(names));
    }

    private static void assertTokenRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body())
                .as("tells nothing about the reason")
                .isEqualTo("{\"type\":\"urn:edge-mc:problem:token-refused\",\"title\":\"token refused\",\"status\":403,"
                        + "\"code\":\"token-refused\",\"detail\":\"This token does not enrol a cluster.\"}");
    }

    @Test
    void a_token_and_a_request_become_a_certificate_of_exactly_that_cluster() {
        // When
        HttpResponse<String> answer = enroll(token(), csr(TestTls.uri(PREFIX + cluster.uid())));
        // Then
        EnrollResponse response = ApiJson.MAPPER.readValue(answer.body(), EnrollResponse.class);
        assertThat(response.clusterUid()).isEqualTo(cluster.uid());
        assertThat(response.clusterName()).isEqualTo(cluster.name());
        assertThat(PeerCertificate.of(TestTls.certificate(response.certificatePem())))
                .hasValueSatisfying(
                        peer -> assertThat(peer.identity().clusterUid()).isEqualTo(cluster.uid()));
    }

    @Test
    void the_token_rests_hashed() {
        // When
        String token = token();
        // Then
        assertThat(hub.jdbc()
                        .queryForObject(
                                "select count(*) from join_token where encode(hash, 'escape') like ? or encode(hash, 'hex') like ?",
                                Long.class,
                                "%" + token + "%",
                                "%" + token + "%"))
                .isZero();
    }

    @Test
    void a_wrong_token_is_refused() {
        assertTokenRefused(enroll("wrong", csr()));
    }

    @Test
    void an_expired_token_is_refused() {
        // Given
        String token = token();
        hub.jdbc()
                .update(
                        "update join_token set expires_at = ? where cluster_uid = ?",
                        Timestamp.from(Instant.now().minusSeconds(1)),
                        cluster.uid());
        // When, then
        assertTokenRefused(enroll(token, csr()));
    }

    @Test
    void a_used_token_is_refused() {
        // Given
        String token = token();
        assertThat(enroll(token, csr()).statusCode()).isEqualTo(200);
        // When, then
        assertTokenRefused(enroll(token, csr()));
    }

    @Test
    void a_token_of_another_cluster_is_refused_and_not_used_up() {
        // Given
        Cluster other = placement.cluster("other");
        String token = token();
        // When
        HttpResponse<String> answer = enroll(token, csr(TestTls.uri(PREFIX + other.uid())));
        // Then
        assertTokenRefused(answer);
        assertThat(enroll(token, csr()).statusCode()).isEqualTo(200);
    }

    @Test
    void a_request_for_a_prefix_of_the_uid_is_refused() {
        assertTokenRefused(enroll(
                token(), csr(TestTls.uri(PREFIX + cluster.uid().substring(0, 8)))));
    }

    @Test
    void a_token_of_a_cluster_that_is_gone_is_refused() {
        // Given
        String token = token();
        placement.remove(cluster);
        Until.holds(
                "the mailbox is gone",
                () -> hub.bean(io.edgemc.mailbox.postbox.MailboxIndex.class)
                        .find(cluster.uid())
                        .isEmpty());
        // When, then
        assertTokenRefused(enroll(token, csr()));
    }

    /** What a signing request may not ask for. */
    enum BadRequest {
        LOOK_ALIKE_HOST(uid -> csr(TestTls.uri("spiffe://edge-mc.evil/cluster/" + uid))),
        UPPER_CASE(uid -> csr(TestTls.uri(PREFIX + uid.toUpperCase(java.util.Locale.ROOT)))),
        LONGER_PATH(uid -> csr(TestTls.uri(PREFIX + uid + "/admin"))),
        ENCODED(uid -> csr(TestTls.uri(PREFIX + uid.replace("-", "%2d")))),
        TWO_NAMES(uid -> csr(TestTls.uri(PREFIX + uid), TestTls.uri(PREFIX + "other"))),
        URI_AND_HOST(uid -> csr(TestTls.uri(PREFIX + uid), TestTls.dns("hub"))),
        HOST_ONLY(uid -> csr(TestTls.dns("hub"))),
        WEAK_KEY(uid -> TestTls.csr(TestTls.rsa(1024), List.of())),
        KEY_OF_ANOTHER(uid -> {
            KeyPair shown = TestTls.keyPair();
            return TestTls.csr(shown, TestTls.keyPair().getPrivate(), List.of());
        }),
        NOT_PEM(uid -> "not a request"),
        TOO_LONG(uid -> "x".repeat(13_000));

        private final Function<String, String> csr;

        BadRequest(Function<String, String> csr) {
            this.csr = csr;
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_bad_request_is_refused_and_the_token_is_not_used_up(BadRequest bad) {
        // Given
        String token = token();
        // When
        HttpResponse<String> answer = enroll(token, bad.csr.apply(cluster.uid()));
        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(TestAgent.code(answer)).isEqualTo("csr-refused");
        assertThat(enroll(token, csr()).statusCode()).isEqualTo(200);
    }

    @Test
    void a_certificate_renews_itself() {
        try (TestAgent agent = TestAgent.enrolled(cluster)) {
            // When
            HttpResponse<String> answer = agent.post(AgentPaths.RENEW, new RenewRequest(csr()));
            // Then
            EnrollResponse renewed = ApiJson.MAPPER.readValue(answer.body(), EnrollResponse.class);
            assertThat(renewed.clusterUid()).isEqualTo(cluster.uid());
            assertThat(renewed.certificatePem()).isNotEqualTo(agent.enrolment().certificatePem());
        }
    }

    @Test
    void an_older_certificate_ends_with_the_first_session_under_the_new_one() {
        // Given a certificate that was renewed twice, as the first answer was lost
        KeyPair oldPair = TestTls.keyPair();
        EnrollResponse old = ApiJson.MAPPER.readValue(
                enroll(token(), TestTls.csr(oldPair, List.of())).body(), EnrollResponse.class);
        KeyPair newPair = TestTls.keyPair();
        try (TestAgent older = agent(oldPair, old)) {
            older.openSession();
            EnrollResponse lost = renewed(older, TestTls.keyPair());
            EnrollResponse renewed = renewed(older, newPair);
            assertThat(lost.certificatePem()).isNotEqualTo(renewed.certificatePem());
            try (TestAgent newer = agent(newPair, renewed)) {
                // When
                newer.openSession();
                // Then
                try (TestAgent again = agent(oldPair, old)) {
                    assertThat(TestAgent.code(again.post(AgentPaths.RENEW, new RenewRequest(csr()))))
                            .isEqualTo("credential-refused");
                }
                assertThat(newer.poll("", 0).statusCode()).isEqualTo(204);
                assertThat(newer.post(AgentPaths.RENEW, new RenewRequest(csr())).statusCode())
                        .isEqualTo(200);
            }
        }
    }

    private static TestAgent agent(KeyPair pair, EnrollResponse enrolled) {
        return new TestAgent(
                TestTls.client(pair.getPrivate(), enrolled.certificatePem(), java.net.http.HttpClient.Version.HTTP_2),
                enrolled);
    }

    @Test
    void what_was_revoked_does_not_renew_also_before_this_process_heard_of_it() {
        try (TestAgent agent = TestAgent.inSession(cluster)) {
            // Given a revocation by another replica, whose wake-up is still on its way
            hub.jdbc().update("update credential set revoked_at = now() where cluster_uid = ?", cluster.uid());
            assertThat(agent.poll("", 0).statusCode()).isEqualTo(204);
            // When
            HttpResponse<String> answer = agent.post(AgentPaths.RENEW, new RenewRequest(csr()));
            // Then
            assertThat(TestAgent.code(answer)).isEqualTo("credential-refused");
        }
    }

    private static EnrollResponse renewed(TestAgent agent, KeyPair pair) {
        return ApiJson.MAPPER.readValue(
                agent.post(AgentPaths.RENEW, new RenewRequest(TestTls.csr(pair, List.of())))
                        .body(),
                EnrollResponse.class);
    }

    @Test
    void a_certificate_does_not_renew_another() {
        // Given
        Cluster other = placement.cluster("other");
        try (TestAgent agent = TestAgent.enrolled(cluster)) {
            // When
            HttpResponse<String> answer =
                    agent.post(AgentPaths.RENEW, new RenewRequest(csr(TestTls.uri(PREFIX + other.uid()))));
            // Then
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(TestAgent.code(answer)).isEqualTo("csr-refused");
        }
    }

    @Test
    void the_credential_of_a_cluster_does_not_open_its_successor_of_the_same_name() {
        try (TestAgent agent = TestAgent.enrolled(cluster)) {
            // Given
            placement.remove(cluster);
            Cluster successor = new Cluster(java.util.UUID.randomUUID().toString(), cluster.name());
            placement.register(successor);
            var index = hub.bean(io.edgemc.mailbox.postbox.MailboxIndex.class);
            Until.holds(
                    "the successor is there",
                    () -> index.find(cluster.uid()).isEmpty()
                            && index.byName(cluster.name())
                                    .filter(head -> head.clusterUid().equals(successor.uid()))
                                    .isPresent());
            // When
            HttpResponse<String> answer = agent.poll("", 0);
            // Then
            assertThat(TestAgent.code(answer)).isEqualTo("credential-refused");
        }
    }
}
