package io.edgemc.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.servers.kube.KubeBinaries;
import io.edgemc.servers.kube.Kubectl;
import io.edgemc.servers.kube.LocalEdge;
import io.edgemc.servers.process.ChildProcess;
import io.edgemc.servers.testing.RequiresLocalEdge;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The life of a local stack by its commands, from a start that is cut short to {@code clean}. One story on one data folder, told in
 * order: starting a hub for each line would take minutes.
 */
@Tag("slow")
@Tag("long")
@RequiresLocalEdge
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LocalStackSystemTest {
    /** As long as {@code up} itself waits for the hub and then for its edges. */
    private static final Duration LIMIT = Duration.ofSeconds(150 + 60);

    @TempDir
    private static Path folder;

    private Path data = Path.of("unset");
    private EdgeMc edgeMc = new EdgeMc(data, data);

    @BeforeAll
    void begin() throws IOException {
        data = folder.resolve("data");
        edgeMc = new EdgeMc(data, Files.createDirectories(folder.resolve("printed")));
    }

    @AfterAll
    void end() throws Exception {
        edgeMc.run("down");
    }

    @Test
    @Order(1)
    void aHubThatIsToldToStopWhileItStartsLeavesNothingBehind() throws Exception {
        // Given a hub that starts and whose database server runs already
        EdgeMc.Running up = edgeMc.begin("up", "--port", "0");
        await(
                () -> process("postgres", data.resolve("pg")) != null
                        || !up.process().isAlive(),
                up::text);
        ChildProcess postgres = process("postgres", data.resolve("pg"));
        ChildProcess hub = process("hub", data.resolve("logs"));
        assertThat(postgres).as(up.text()).isNotNull();
        assertThat(hub).as(up.text()).isNotNull();
        // When the hub gets a SIGTERM
        ProcessHandle.of(hub.pid()).orElseThrow().destroy();
        EdgeMc.Ended ended = up.end();
        // Then up says so, and neither runs any more
        assertThat(ended.status()).as(ended.err()).isOne();
        assertThat(ended.err()).contains("told to stop while it started");
        assertThat(hub.isAlive()).isFalse();
        assertThat(postgres.isAlive()).isFalse();
        assertThat(edgeMc.ok("status")).contains("hub     down");
    }

    @Test
    @Order(2)
    void upStartsHubAndEdgesAndStatusTellsWhatRuns() throws Exception {
        // When a hub and an edge are started
        String printed = edgeMc.ok("up", "--port", "0", "--edges", "1");
        // Then the addresses are printed, and the status has the members that scripts rely on
        JsonNode status = status();
        assertThat(names(status)).containsExactly("hub", "edges");
        JsonNode hub = status.path("hub");
        assertThat(names(hub)).containsExactly("pid", "ready", "urls");
        assertThat(isAlive(hub.path("pid").asLong())).isTrue();
        assertThat(hub.path("ready").asBoolean()).isTrue();
        assertThat(names(hub.path("urls")))
                .contains("gateway", "agents", "placement", "mailbox", "summarizer", "c2p", "kafka", "postgres");
        assertThat(printed).contains(hub.path("urls").path("gateway").asString());
        assertThat(status.path("edges").size()).isOne();
        JsonNode edge = status.path("edges").path(0);
        assertThat(names(edge)).containsExactly("name", "apiServerPid", "syncerPid", "connected");
        assertThat(edge.path("name").asString()).isEqualTo("edge1");
        assertThat(isAlive(edge.path("apiServerPid").asLong())).isTrue();
        assertThat(isAlive(edge.path("syncerPid").asLong())).isTrue();
        assertThat(edge.path("connected").asBoolean()).isTrue();
        assertThat(edgeMc.ok("status")).contains("hub     up", "edge1", ", connected");
    }

    @Test
    @Order(3)
    void aSecondUpSaysThatItIsUpAndChangesNothing() throws Exception {
        JsonNode before = status();
        assertThat(edgeMc.ok("up", "--edges", "1")).contains("The hub is up already");
        assertThat(edgeMc.refused("up", "--port", "1024")).contains("up already", "port 1024");
        assertThat(edgeMc.refused("up", "--ephemeral")).contains("its data stays");
        assertThat(status()).isEqualTo(before);
    }

    @Test
    @Order(4)
    void spacesAreMadeAndListedAndHaveContexts() throws Exception {
        // When a space is made
        assertThat(edgeMc.ok("space", "create", "shop")).contains("context space-shop");
        // Then it is listed, cannot be made again, and kubectl works on it by the kubeconfig, which is its owner's
        // alone
        assertThat(edgeMc.ok("space", "list").lines()).containsExactly("shop");
        assertThat(edgeMc.refused("space", "create", "shop")).contains("409");
        Path kubeconfig = Path.of(edgeMc.ok("kubeconfig").strip());
        assertThat(kubeconfig).isEqualTo(data.resolve("kubeconfig"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kubeconfig)))
                .isEqualTo("rw-------");
        assertThat(kubectl().ok("config", "get-contexts", "--output=name").lines())
                .containsExactlyInAnyOrder("system", "inventory", "clusters", "c2p", "space-shop", "edge1");
        kubectl().ok("--context=space-shop", "create", "configmap", "prices", "--from-literal=tea=2");
        kubectl().ok("--context=edge1", "get", "namespaces");
    }

    @Test
    @Order(5)
    void logsAreThoseOfAServiceOrAnEdge() throws Exception {
        assertThat(edgeMc.ok("logs").lines()).isNotEmpty();
        assertThat(edgeMc.ok("logs", "placement").lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).contains("io.edgemc.placement."));
        assertThat(edgeMc.ok("logs", "edge1").lines()).isNotEmpty();
        assertThat(edgeMc.refused("logs", "nosuch")).contains("nosuch", "placement", "edge1");
    }

    @Test
    @Order(6)
    void aClusterElsewhereIsAddedWithWhatIsSaidOfIt(LocalEdge elsewhere) throws Exception {
        // Given an API server that is none of the stack's own
        String kubeconfig = elsewhere.kubeconfig().toString();
        String context = new Kubectl(KubeBinaries.find(), elsewhere.kubeconfig())
                .ok("config", "current-context")
                .strip();
        // When it is added
        String[] add = {
            "cluster",
            "add",
            "harbour",
            "-l",
            "region=north",
            "--property",
            "quay=7",
            "--kubeconfig",
            kubeconfig,
            "--context",
            context
        };
        edgeMc.ok(add);
        // Then it is in the inventory with its labels and properties, and connected
        JsonNode cluster = JsonMapper.shared()
                .readTree(kubectl().ok("--context=inventory", "get", "cluster", "harbour", "--output=json"));
        assertThat(cluster.path("metadata").path("labels").path("region").asString())
                .isEqualTo("north");
        assertThat(cluster.path("spec").path("properties").path("quay").asString())
                .isEqualTo("7");
        assertThat(edge("harbour").path("connected").asBoolean()).isTrue();
        // And again is fine, but not otherwise, not under another's name, and not under one that cannot be
        edgeMc.ok(add);
        assertThat(edgeMc.refused(
                        "cluster",
                        "add",
                        "harbour",
                        "-l",
                        "region=south",
                        "--kubeconfig",
                        kubeconfig,
                        "--context",
                        context))
                .contains("label region is north");
        assertThat(edgeMc.refused("cluster", "add", "edge1", "--kubeconfig", kubeconfig))
                .contains("edge1", "already");
        assertThat(edgeMc.refused("cluster", "add", "Not_A_Name", "--kubeconfig", kubeconfig))
                .contains("cannot register");
        assertThat(status().path("edges").findValuesAsString("name")).containsExactly("edge1", "harbour");
    }

    @Test
    @Order(7)
    void whatTokenPrintsEnrolsASyncerElsewhere() throws Exception {
        // Given a registered cluster and a folder elsewhere with the syncer's distribution
        kubectl()
                .apply(
                        "apiVersion: edge-mc.io/v1alpha1\nkind: Cluster\nmetadata: {name: far}\n",
                        "--context=inventory");
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Path state = elsewhere.resolve("state");
        Files.copy(
                EdgeMc.HOME.resolve("edge-syncer/target/edge-syncer.tar.gz"), elsewhere.resolve("edge-syncer.tar.gz"));
        // When what the command prints is run there, but for the last line, which goes on for good
        List<String> lines =
                new ArrayList<>(edgeMc.ok("cluster", "token", "far").lines().toList());
        assertThat(lines.removeLast()).startsWith("edge-syncer/bin/edge-syncer run ");
        String script = "set -e\n" + String.join("\n", lines).replace("/var/lib/edge-mc", state.toString());
        ProcessBuilder shell = new ProcessBuilder("bash", "-c", script)
                .directory(elsewhere.toFile())
                .redirectErrorStream(true);
        shell.environment().put("JAVA_HOME", EdgeMc.JAVA_HOME.toString());
        Process process = shell.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        // Then the syncer has an identity, and the token is nowhere any more
        assertThat(process.waitFor()).as(printed).isZero();
        assertThat(printed).contains("enrolled as cluster far");
        assertThat(state.resolve("identity.json")).exists();
        assertThat(elsewhere.resolve("join.token")).doesNotExist();
        assertThat(edgeMc.refused("cluster", "token", "nosuch")).contains("nosuch");
    }

    @Test
    @Order(8)
    void aRemovedClusterIsForgotten() throws Exception {
        long syncer = edge("harbour").path("syncerPid").asLong();
        edgeMc.ok("cluster", "remove", "harbour", "--policy", "orphan");
        assertThat(isAlive(syncer)).isFalse();
        assertThat(status().path("edges").findValuesAsString("name")).containsExactly("edge1");
        assertThat(kubectl()
                        .run("--context=inventory", "get", "cluster", "harbour")
                        .succeeded())
                .isFalse();
    }

    @Test
    @Order(9)
    void afterAKillOfHubAndApiServerUpBringsBothBackWithTheirData() throws Exception {
        // Given a hub and an edge's API server that are killed
        long hub = status().path("hub").path("pid").asLong();
        long apiServer = edge("edge1").path("apiServerPid").asLong();
        kill(hub);
        kill(apiServer);
        JsonNode down = status();
        assertThat(down.path("hub").path("pid").asLong()).isZero();
        assertThat(down.path("hub").path("ready").asBoolean()).isFalse();
        assertThat(down.path("edges").path(0).path("connected").asBoolean()).isFalse();
        assertThat(edgeMc.refused("space", "list")).contains("edge-mc up");
        // When the stack is started again, on other ports
        edgeMc.ok("up", "--port", "0");
        // Then what was stored is there, and the edge is back, connected to the new address
        assertDataIsThere();
        assertThat(status().path("hub").path("ready").asBoolean()).isTrue();
        JsonNode edge = edge("edge1");
        assertThat(edge.path("apiServerPid").asLong()).isNotZero().isNotEqualTo(apiServer);
        assertThat(edge.path("connected").asBoolean()).isTrue();
        kubectl().ok("--context=edge1", "get", "namespaces");
    }

    @Test
    @Order(10)
    void downStopsAllAndNothingThrowsTheDataAway() throws Exception {
        // When all is stopped
        JsonNode before = status();
        edgeMc.ok("down");
        // Then nothing runs, and an ephemeral hub does not get the data
        assertThat(Stream.of(
                        before.path("hub").path("pid"),
                        before.path("edges").path(0).path("apiServerPid"),
                        before.path("edges").path(0).path("syncerPid")))
                .allMatch(pid -> !isAlive(pid.asLong()));
        assertThat(edgeMc.ok("down")).contains("Nothing ran");
        assertThat(edgeMc.refused("up", "--ephemeral", "--port", "0")).contains("holds data that stays");
        edgeMc.ok("down");
        assertThat(data.resolve("pg/data/PG_VERSION")).exists();
    }

    @Test
    @Order(11)
    void inTheForegroundItRunsUntilItIsToldToStop() throws Exception {
        // Given a stack in the foreground, on the data of before
        EdgeMc.Running up = edgeMc.begin("up", "--port", "0", "--foreground");
        await(() -> up.text().contains("Try: ") || !up.process().isAlive(), up::text);
        assertThat(up.process().isAlive()).as(up.text()).isTrue();
        assertDataIsThere();
        long hub = status().path("hub").path("pid").asLong();
        // When it is told to stop
        up.process().destroy();
        up.end();
        // Then everything has stopped
        assertThat(isAlive(hub)).isFalse();
        assertThat(status().path("hub").path("pid").asLong()).isZero();
        assertThat(edge("edge1").path("apiServerPid").asLong()).isZero();
    }

    @Test
    @Order(12)
    void cleanRemovesTheDataAndNobodyElses() throws Exception {
        Path foreign = Files.createDirectories(folder.resolve("foreign/logs"));
        Files.writeString(foreign.resolve("app.log"), "of somebody else");
        assertThat(edgeMc.refused("clean", "--data", folder.resolve("foreign").toString()))
                .contains("does not look like data of edge-mc");
        assertThat(foreign.resolve("app.log")).exists();
        edgeMc.ok("clean");
        assertThat(data).doesNotExist();
        assertThat(edgeMc.ok("status")).contains("hub     down");
    }

    @Test
    @Order(13)
    void benchmarksAreListed() throws Exception {
        assertThat(edgeMc.ok("bench")).contains("write-to-edge", "burst", "cold-start");
    }

    private void assertDataIsThere() throws Exception {
        assertThat(edgeMc.ok("space", "list").lines()).containsExactly("shop");
        assertThat(kubectl().ok("--context=space-shop", "get", "configmap", "prices", "--output=jsonpath={.data.tea}"))
                .isEqualTo("2");
    }

    private JsonNode status() throws Exception {
        return JsonMapper.shared().readTree(edgeMc.ok("status", "-o", "json"));
    }

    private JsonNode edge(String name) throws Exception {
        for (JsonNode edge : status().path("edges")) {
            if (edge.path("name").asString().equals(name)) {
                return edge;
            }
        }
        throw new AssertionError("no edge " + name);
    }

    private Kubectl kubectl() {
        return new Kubectl(KubeBinaries.find(), data.resolve("kubeconfig"));
    }

    private static List<String> names(JsonNode object) {
        return List.copyOf(object.propertyNames());
    }

    private static ChildProcess process(String name, Path folder) {
        return Files.isDirectory(folder) ? ChildProcess.adopt(name, folder).orElse(null) : null;
    }

    /** A process that has ended and whose parent has not asked for its status is not alive. */
    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> !isZombie(pid))
                .isPresent();
    }

    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.startsWith(" Z", stat.lastIndexOf(')') + 1);
        } catch (IOException e) {
            return false;
        }
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        await(() -> !isAlive(pid), () -> "process " + pid + " lives on");
    }

    private static void await(BooleanSupplier condition, Supplier<String> otherwise) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(otherwise.get());
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
