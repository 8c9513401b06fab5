package io.edgemc.syncer;

import io.edgemc.api.agent.AppliedReport;
import io.edgemc.api.report.ObjectException;
import io.edgemc.servers.kube.Kubectl;
import io.edgemc.servers.kube.LocalEdge;
import io.edgemc.syncer.identity.Identity;
import io.edgemc.syncer.kube.Kubeconfig;
import io.edgemc.syncer.testhub.TestHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A hub of a test's own and a syncer in this JVM, on the shared API server. */
final class EdgeUnderTest implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();

    static {
        System.setProperty("slf4j.provider", "io.edgemc.syncer.log.JsonLinesProvider");
    }

    private final Path folder;
    private final Path kubeconfig;
    private final Kubectl kubectl;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    final TestHub hub = new TestHub();
    private @Nullable Syncer syncer;

    EdgeUnderTest(LocalEdge edge, Path folder) {
        this(edge, folder, edge.kubeconfig());
    }

    EdgeUnderTest(LocalEdge edge, Path folder, Path kubeconfig) {
        this.folder = folder;
        this.kubeconfig = kubeconfig;
        this.kubectl = edge.kubectl();
    }

    /** Enrols at the first time. */
    EdgeUnderTest startSyncer() throws IOException {
        Path ca =
                Files.writeString(folder.resolve("hub-ca.pem"), hub.authority().caPem());
        Identity identity = Enrolment.enrol(hub.url(), ca, hub.token(), state(), executor);
        Syncer started = new Syncer(
                new Syncer.Settings(hub.url(), state(), "test", Duration.ofMillis(300)),
                identity,
                Kubeconfig.access(kubeconfig, null));
        started.start();
        syncer = started;
        return this;
    }

    void stopSyncer() {
        if (syncer != null) {
            syncer.close();
            syncer = null;
        }
    }

    Path state() {
        return folder.resolve("state");
    }

    Kubectl kubectl() {
        return kubectl;
    }

    /** An object at the edge; fails if it is not there. */
    JsonNode get(String... what) {
        String[] line = new String[what.length + 4];
        line[0] = "get";
        System.arraycopy(what, 0, line, 1, what.length);
        line[what.length + 1] = "-o";
        line[what.length + 2] = "json";
        line[what.length + 3] = "--show-managed-fields";
        return MAPPER.readTree(kubectl.ok(line));
    }

    boolean exists(String... what) {
        String[] line = new String[what.length + 1];
        line[0] = "get";
        System.arraycopy(what, 0, line, 1, what.length);
        return kubectl.run(line).succeeded();
    }

    /** How many of our ConfigMaps are in a namespace. */
    int applied(String namespace) {
        return versions(namespace).size();
    }

    /** Name and resourceVersion of our ConfigMaps in a namespace. */
    List<String> versions(String namespace) {
        List<String> versions = new ArrayList<>();
        for (JsonNode item : get("configmaps", "-n", namespace).path("items")) {
            JsonNode metadata = item.path("metadata");
            if (metadata.path("annotations").has("edge-mc.io/downsynced")) {
                versions.add(metadata.path("name").asString() + "@"
                        + metadata.path("resourceVersion").asString());
            }
        }
        return versions;
    }

    /** The watermark of this target, once it came and says so many exceptions. */
    AppliedReport awaitApplied(long revision, int exceptions) {
        Await.until(() -> hub.applied().stream()
                .anyMatch(r -> r.revision() == revision && r.exceptions().size() == exceptions));
        return hub.applied().stream()
                .filter(r -> r.revision() == revision && r.exceptions().size() == exceptions)
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    /** The only exception of this target. */
    ObjectException awaitException(long revision, String reason) {
        Await.until(
                () -> lastExceptions(revision).stream().anyMatch(e -> e.reason().equals(reason)));
        return lastExceptions(revision).stream()
                .filter(e -> e.reason().equals(reason))
                .findFirst()
                .orElseThrow();
    }

    private List<ObjectException> lastExceptions(long revision) {
        return hub.applied().stream()
                .filter(r -> r.revision() == revision)
                .reduce((a, b) -> b)
                .map(AppliedReport::exceptions)
                .orElse(List.of());
    }

    @Override
    public void close() {
        stopSyncer();
        hub.close();
        executor.shutdownNow();
    }

    static String configMap(String namespace, String name, String value) {
        return "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'" + name + "','namespace':'" + namespace
                + "'},'data':{'value':'" + value + "'}}";
    }

    static String namespace(String name) {
        return "{'apiVersion':'v1','kind':'Namespace','metadata':{'name':'" + name + "'}}";
    }
}
