package io.edgemc.mailbox.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.agent.AppliedReport;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.target.Target;
import io.edgemc.mailbox.authority.ClusterIdentity;
import io.edgemc.mailbox.authority.PeerCertificate;
import io.edgemc.mailbox.listener.AgentCall;
import io.edgemc.mailbox.listener.AgentReply;
import io.edgemc.mailbox.postbox.Ledger;
import io.edgemc.mailbox.session.Liveness;
import io.edgemc.mailbox.session.Sessions;
import io.edgemc.mailbox.testing.TestAgent;
import io.edgemc.mailbox.testing.TestHub;
import io.edgemc.mailbox.testing.TestPlacement;
import io.edgemc.mailbox.testing.TestPlacement.Cluster;
import io.edgemc.mailbox.testing.TestTargets;
import io.edgemc.mailbox.testing.Until;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Edges that tell how far they are at the same time share a transaction, and nothing else. */
@Timeout(120)
class AppliedTogetherTest {
    private final TestHub hub = TestHub.shared();
    private final TestPlacement placement = new TestPlacement();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Edge> edges = new ArrayList<>();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final AppliedOperation operation = new AppliedOperation(
            hub.bean(Ledger.class),
            hub.bean(Sessions.class),
            hub.bean(Liveness.class),
            hub.bean(Holdings.class),
            hub.bean(DeliveryMeters.class));

    private record Edge(Cluster cluster, TestAgent agent, Target target) {}

    /** One caller's answer: its status. */
    private static final class Answer implements AgentReply {
        private final CompletableFuture<Integer> status = new CompletableFuture<>();

        @Override
        public void send(
                int code,
                String contentType,
                Map<String, String> headers,
                List<byte[]> chunks,
                @Nullable Runnable over) {
            status.complete(code);
        }

        @Override
        public void onGone(Runnable action) {
            // Nobody goes away.
        }

        @Override
        public Cancellable after(Duration delay, Runnable action) {
            throw new UnsupportedOperationException();
        }
    }

    @AfterEach
    void stop() {
        goOn.countDown();
        threads.close();
        edges.forEach(edge -> edge.agent().close());
    }

    @Test
    void nobody_is_answered_before_the_commit() throws Exception {
        // Given a transaction that does not come to its end
        Answer blocked = blocked();
        // When one more comes
        Edge edge = edge();
        Answer answer = applied(edge);
        Until.holds("it waits for the next one", () -> operation.waiting() == 1);
        // Then neither is answered
        assertThat(blocked.status).isNotDone();
        assertThat(answer.status).isNotDone();
        // Until it is stored
        goOn.countDown();
        assertThat(answer.status.get()).isEqualTo(204);
        assertThat(appliedRevision(edge)).isEqualTo(edge.target().revision());
    }

    @Test
    void only_whose_word_changed_something_is_told_of() throws Exception {
        // Given some that said so before, whose names are all over the order of rows
        List<Edge> old = List.of(edge(), edge(), edge());
        for (Edge edge : old) {
            edge.agent().applied(edge.target());
        }
        List<Edge> fresh = List.of(edge(), edge(), edge());
        List<Long> before = old.stream().map(this::reportPosition).toList();
        List<Long> beforeFresh = fresh.stream().map(this::reportPosition).toList();
        blocked();
        // When all tell in one transaction
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < old.size(); i++) {
            answers.add(applied(old.get(i)));
            answers.add(applied(fresh.get(i)));
        }
        Until.holds("all wait", () -> operation.waiting() == answers.size());
        goOn.countDown();
        for (Answer answer : answers) {
            assertThat(answer.status.get()).isEqualTo(204);
        }
        // Then
        assertThat(old.stream().map(this::reportPosition)).containsExactlyElementsOf(before);
        assertThat(fresh.stream().map(this::reportPosition)).doesNotContainAnyElementsOf(beforeFresh);
        for (Edge edge : fresh) {
            assertThat(appliedRevision(edge)).isEqualTo(edge.target().revision());
        }
    }

    @Test
    void a_session_that_is_fenced_while_it_waits_writes_nothing_and_the_others_do() throws Exception {
        // Given two that wait
        Edge fenced = edge();
        Edge other = edge();
        blocked();
        Answer late = applied(fenced);
        Answer answer = applied(other);
        Until.holds("both wait", () -> operation.waiting() == 2);
        // When one of them opens a new session
        fenced.agent().openSession();
        goOn.countDown();
        late.status.get();
        answer.status.get();
        // Then
        assertThat(appliedRevision(fenced)).isZero();
        assertThat(appliedRevision(other)).isEqualTo(other.target().revision());
    }

    /** An acknowledgement whose transaction waits for a row. */
    private Answer blocked() throws Exception {
        Edge edge = edge();
        CountDownLatch locked = new CountDownLatch(1);
        CompletableFuture<Void> holder = CompletableFuture.runAsync(
                () -> hub.bean(Ledger.class).run(() -> {
                    hub.jdbc()
                            .query(
                                    "select 1 from mailbox where cluster_uid = ? for update",
                                    row -> {},
                                    edge.cluster().uid());
                    locked.countDown();
                    await(goOn);
                }),
                threads);
        locked.await();
        assertThat(holder).isNotDone();
        Answer answer = applied(edge);
        Until.holds("its transaction waits", this::aTransactionWaitsForARow);
        return answer;
    }

    private boolean aTransactionWaitsForARow() {
        Long waiting = hub.jdbc()
                .queryForObject(
                        "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database() "
                                + "and query like 'update mailbox set applied_revision%'",
                        Long.class);
        return waiting != null && waiting > 0;
    }

    private Edge edge() {
        Cluster cluster = placement.cluster("together");
        Target target = placement.target(cluster, placement.state(TestPlacement.configMap("shop", "a", cluster.uid())));
        TestTargets.await(target);
        Edge edge = new Edge(cluster, TestAgent.inSession(cluster), target);
        edges.add(edge);
        return edge;
    }

    private Answer applied(Edge edge) {
        Answer answer = new Answer();
        AppliedReport report = new AppliedReport(
                edge.agent().epoch(), edge.target().revision(), edge.target().state(), List.of(), "");
        PeerCertificate peer =
                new PeerCertificate(new ClusterIdentity(edge.cluster().uid()), "1", Instant.MAX);
        CompletableFuture.runAsync(
                        () -> operation.handle(
                                new AgentCall(Map.of(), ApiJson.MAPPER.writeValueAsBytes(report), peer, ""), answer),
                        threads)
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        answer.status.completeExceptionally(failure);
                    }
                });
        return answer;
    }

    private long appliedRevision(Edge edge) {
        return number("applied_revision", edge);
    }

    private long reportPosition(Edge edge) {
        return number("report_position", edge);
    }

    private long number(String column, Edge edge) {
        Long value = hub.jdbc()
                .queryForObject(
                        "select " + column + " from mailbox where cluster_uid = ?",
                        Long.class,
                        edge.cluster().uid());
        return value == null ? -1 : value;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
