package io.edgemc.mailbox.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.agent.AgentPaths;
import io.edgemc.api.target.TargetState;
import io.edgemc.mailbox.delivery.ParkedPolls;
import io.edgemc.mailbox.testing.TestAgent;
import io.edgemc.mailbox.testing.TestHub;
import io.edgemc.mailbox.testing.TestPlacement;
import io.edgemc.mailbox.testing.TestPlacement.Cluster;
import io.edgemc.mailbox.testing.TestTls;
import io.edgemc.mailbox.testing.Until;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Connections that wait are cheap: no thread for any of them. The bytes are printed, and counted in the benchmarks. */
@Tag("slow")
class IdleConnectionsTest {
    private static final int CONNECTIONS = 300;

    @Test
    void parked_polls_hold_no_threads() throws IOException {
        // Given
        TestHub hub = TestHub.shared();
        Cluster cluster = new TestPlacement().cluster("idle");
        List<SSLSocket> sockets = new ArrayList<>();
        try (TestAgent agent = TestAgent.inSession(cluster)) {
            SSLSocketFactory factory = TestTls.context(null, null).getSocketFactory();
            int port = URI.create(hub.agentUrl()).getPort();
            int before = ManagementFactory.getThreadMXBean().getThreadCount();
            var poll = agent.pollAsync(TargetState.EMPTY.text(), 40);
            // When
            for (int i = 0; i < CONNECTIONS; i++) {
                SSLSocket socket = (SSLSocket) factory.createSocket("localhost", port);
                sockets.add(socket);
                OutputStream out = socket.getOutputStream();
                out.write(("GET " + AgentPaths.MAILBOX + " HTTP/1.1\r\nhost: localhost\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                out.flush();
                assertThat(socket.getInputStream().read()).isEqualTo('H');
            }
            // Then
            Until.holds("the poll is parked", () -> hub.bean(ParkedPolls.class).size() >= 1);
            assertThat(hub.bean(Connections.class).size()).isGreaterThanOrEqualTo(CONNECTIONS);
            assertThat(ManagementFactory.getThreadMXBean().getThreadCount() - before)
                    .isLessThan(30);
            poll.cancel(true);
        } finally {
            for (SSLSocket socket : sockets) {
                socket.close();
            }
        }
    }
}
