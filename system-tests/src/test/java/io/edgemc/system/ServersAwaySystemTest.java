package io.edgemc.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.cli.Stack;
import io.edgemc.cli.Workspace;
import io.edgemc.cli.demo.Cluster;
import io.edgemc.cli.demo.Console;
import io.edgemc.cli.demo.DemoHub;
import io.edgemc.cli.demo.Expectations;
import io.edgemc.cli.hub.HubApi;
import io.edgemc.servers.kafka.EmbeddedKafkaServer;
import io.edgemc.servers.kafka.KafkaOptions;
import io.edgemc.servers.testing.RequiresLocalEdge;
import io.edgemc.stack.HubDirectory;
import io.edgemc.stack.HubOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The servers under a whole running hub go away and come back; its edge is a real API server with a syncer. */
@Tag("slow")
@Tag("long")
@RequiresLocalEdge
class ServersAwaySystemTest {
    private static final String PAGES = "/spaces/shop/api/v1/namespaces/web/configmaps";
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    private final Console console = new Console(System.out);
    private final Expectations expect = new Expectations(console, LIMIT);
    private Workspace workspace;
    private Stack stack;

    @BeforeEach
    void prepare() {
        workspace = new Workspace(Path.of("..").toAbsolutePath().normalize(), new HubDirectory(folder.resolve("hub")));
        stack = new Stack(workspace, console);
    }

    @AfterEach
    void stop() {
        stack.stopAll();
    }

    @Test
    void writesGoOnWithoutKafkaAndAreDeliveredAfter() {
        EmbeddedKafkaServer kafka = EmbeddedKafkaServer.start(KafkaOptions.durable(folder.resolve("kafka")));
        try (HubApi api = start(Optional.of(kafka.bootstrapServers()))) {
            // Given a page that has arrived at the edge
            Cluster edge = place(api);
            // When the broker is away
            int port = kafka.port();
            kafka.close();
            // Then pages are made, changed and deleted all the same
            write(api, "before", "2");
            assertThat(api.post(PAGES, page("meanwhile", "1")).status()).isEqualTo(201);
            assertThat(api.post(PAGES, page("passing", "1")).status()).isEqualTo(201);
            assertThat(api.delete(PAGES + "/passing").status()).isEqualTo(200);
            // And the edge keeps what it has as it should be
            drift(edge, "1");
            assertThat(edge.has("configmap", "web", "meanwhile")).isFalse();
            // When it is back
            kafka = EmbeddedKafkaServer.start(
                    KafkaOptions.durable(folder.resolve("kafka")).withPort(port));
            // Then all of it is delivered
            expect.expect("the changed page arrives", "2", () -> value(edge, "before"));
            expect.expect("the new page arrives", "1", () -> value(edge, "meanwhile"));
            assertThat(edge.has("configmap", "web", "passing")).isFalse();
            // And the hub works as before
            write(api, "meanwhile", "3");
            expect.expect("a later change arrives", "3", () -> value(edge, "meanwhile"));
            assertThat(expect.failures()).isEmpty();
        } finally {
            stack.stopAll();
            kafka.close();
        }
    }

    @Test
    void withoutPostgresWritesAreAnsweredByRetryAfterAndEdgesGoOn() {
        try (HubApi api = start(Optional.empty())) {
            // Given a page that has arrived at the edge
            Cluster edge = place(api);
            // When the database server dies, and dies again whenever it is started
            try (CrashLoop away = new CrashLoop("postgres", workspace.hub().postgres())) {
                expect.expect("the database server is killed", () -> away.kills() > 0);
                // Then writes are refused for now, and the caller is told when to come again
                expect.expect("a write is answered by 503 with Retry-After", () -> {
                    HubApi.Answer answer = api.put(PAGES + "/before", page("before", "2"));
                    return answer.status() == 503 && answer.retryAfter().isPresent();
                });
                // And the edge keeps what it has as it should be
                drift(edge, "1");
                expect.expect("it is started again, and again", () -> away.kills() > 2);
            }
            // When it may live, then the hub starts it, and writes are accepted and delivered
            expect.expect(
                    "a write is accepted",
                    () -> api.put(PAGES + "/before", page("before", "3")).succeeded());
            expect.expect("and delivered", "3", () -> value(edge, "before"));
            HubApi.Answer later = api.post(PAGES, page("later", "1"));
            assertThat(later.status()).as(later.body().toString()).isEqualTo(201);
            expect.expect("a new page too", "1", () -> value(edge, "later"));
            assertThat(expect.failures()).isEmpty();
        }
    }

    private HubApi start(Optional<String> broker) {
        stack.startHub(new HubOptions(workspace.hub(), 0, 0, true, broker));
        return HubApi.of(workspace.hub());
    }

    /** An edge, a space, and a page {@code before} of the value 1 that has arrived there. */
    private Cluster place(HubApi api) {
        DemoHub contexts = new DemoHub(workspace, stack, false);
        contexts.edges(Map.of("florin", Map.of("env", "prod")));
        contexts.spaces("shop");
        api.postOrFail(
                "/spaces/shop/api/v1/namespaces",
                "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"web\"}}");
        api.postOrFail("/spaces/shop/apis/edge-mc.io/v1alpha1/edgeplacements", """
                {"apiVersion":"edge-mc.io/v1alpha1","kind":"EdgePlacement","metadata":{"name":"web"},
                 "spec":{"locationSelectors":[{"matchLabels":{"env":"prod"}}],
                         "downsync":[{"apiGroup":"","resources":["configmaps"],"namespaces":["web"]}]}}
                """);
        api.postOrFail(PAGES, page("before", "1"));
        Cluster edge = contexts.context("florin");
        expect.expect("the page arrives", "1", () -> value(edge, "before"));
        assertThat(expect.failures()).isEmpty();
        return edge;
    }

    /** Somebody changes the page at the edge and then deletes it; it comes back as it was, twice. */
    private void drift(Cluster edge, String value) {
        edge.kubectl("patch", "configmap", "before", "-n", "web", "-p", "{\"data\":{\"value\":\"drifted\"}}");
        expect.expect("a change at the edge is undone", value, () -> value(edge, "before"));
        edge.kubectl("delete", "configmap", "before", "-n", "web");
        expect.expect("so is a deletion", value, () -> value(edge, "before"));
        assertThat(expect.failures()).isEmpty();
    }

    private static void write(HubApi api, String name, String value) {
        HubApi.Answer answer = api.put(PAGES + "/" + name, page(name, value));
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    }

    private static String value(Cluster edge, String name) {
        return edge.field("configmap", "web", name, "{.data.value}");
    }

    private static String page(String name, String value) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name
                + "\"},\"data\":{\"value\":\"" + value + "\"}}";
    }
}
