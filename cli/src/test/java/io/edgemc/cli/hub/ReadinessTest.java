package io.edgemc.cli.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.edgemc.servers.kube.CertificateAuthority;
import io.edgemc.stack.HubDirectory;
import io.edgemc.stack.HubService;
import io.edgemc.stack.HubState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against answers as the services give them; that they give them when a server is away, their own tests show. */
class ReadinessTest {
    @TempDir
    private Path folder;

    private HttpServer service = unopened();

    private static HttpServer unopened() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @BeforeEach
    void answers() throws IOException {
        HubDirectory directory = new HubDirectory(folder);
        Files.createDirectories(directory.keys());
        CertificateAuthority.inFolder(directory.keys(), "gateway-ca");
        answer("/up/actuator/health/readiness", 200, "{\"status\":\"UP\"}");
        answer("/up/readyz", 200, "ok");
        answer("/down/actuator/health/readiness", 503, "{\"status\":\"OUT_OF_SERVICE\"}");
        service.start();
    }

    @AfterEach
    void stop() {
        service.stop(0);
    }

    @Test
    void aHubWhoseServicesAllSaySoIsReady() {
        assertThat(Readiness.notReady(new HubDirectory(folder), hub(Map.of()))).isEmpty();
    }

    @Test
    void aServiceThatIsNotReadyOrDoesNotAnswerIsNamed() throws IOException {
        // Given a hub of which one service says that it is not ready, and one is gone
        HttpServer gone = unopened();
        String nobody = "http://127.0.0.1:" + gone.getAddress().getPort();
        gone.stop(0);
        HubState hub = hub(Map.of("mailbox", url("/down"), "c2p", nobody));
        // When it is asked
        Map<String, String> notReady = Readiness.notReady(new HubDirectory(folder), hub);
        // Then those two are named, with what they said
        assertThat(notReady).containsOnlyKeys("mailbox", "c2p");
        assertThat(notReady.get("mailbox")).contains("503").contains("OUT_OF_SERVICE");
        assertThat(notReady.get("c2p")).contains("does not answer");
    }

    private HubState hub(Map<String, String> others) {
        Map<String, String> urls = new HashMap<>();
        HubService.labels().forEach(label -> urls.put(label, url("/up")));
        urls.putAll(others);
        return new HubState(1, Instant.EPOCH, urls);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + service.getAddress().getPort() + path;
    }

    private void answer(String path, int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        service.createContext(path, exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
    }
}
