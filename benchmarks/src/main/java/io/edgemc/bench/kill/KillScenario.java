package io.edgemc.bench.kill;

import io.edgemc.bench.hub.BenchHub;
import io.edgemc.cli.demo.Cluster;
import io.edgemc.cli.demo.DemoHub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Scenario A as far as the run needs it: what is placed where, and how to read what became of it. */
public final class KillScenario {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Duration SETTLE_LIMIT = Duration.ofSeconds(120);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final String[] TYPES = {
        "namespaces",
        "configmaps",
        "replicasets.apps",
        "deployments.apps",
        "customresourcedefinitions.apiextensions.k8s.io",
        "crontabs.stable.example.com",
        "apiservices.apiregistration.k8s.io"
    };
    private static final Set<String> COMMON = Set.of(
            "namespaces//commonstuff", "configmaps/commonstuff/httpd-htdocs", "replicasets.apps/commonstuff/commond");
    private static final Set<String> SPECIAL = Set.of(
            "namespaces//specialstuff",
            "configmaps/specialstuff/httpd-htdocs",
            "deployments.apps/specialstuff/speciald",
            "customresourcedefinitions.apiextensions.k8s.io//crontabs.stable.example.com",
            "crontabs.stable.example.com/specialstuff/my-new-cron-object",
            "apiservices.apiregistration.k8s.io//v1090.example.my");
    private static final Map<String, Set<String>> EXPECTED = Map.of("florin", COMMON, "guilder", both());
    private static final Pattern APPLIES = Pattern.compile(
            "apiserver_request_total\\{code=\"2\\d\\d\",.*dry_run=\"\",group=\"([^\"]*)\",resource=\"([^\"]*)\",.*verb=\"APPLY\".*} (\\d+)");

    private KillScenario() {}

    /** Starts the edges and places both spaces. */
    public static void place(BenchHub hub) {
        DemoHub contexts = hub.contexts();
        contexts.edges(Map.of(
                "florin", Map.of("loc-name", "florin", "env", "prod"),
                "guilder", Map.of("loc-name", "guilder", "env", "prod", "extended", "yes")));
        contexts.spaces("common", "special");
        contexts.context("space-common").apply(DemoHub.resource("a/common-objects.yaml"));
        contexts.context("space-special").apply(DemoHub.resource("a/special-crd.yaml"));
        contexts.context("space-special").apply(DemoHub.resource("a/special-objects.yaml"));
        contexts.context("space-common").apply(DemoHub.resource("a/common-placement.yaml"));
        contexts.context("space-special").apply(DemoHub.resource("a/special-placement.yaml"));
    }

    static History history(BenchHub hub, List<Attempt> attempts) {
        long deadline = System.nanoTime() + SETTLE_LIMIT.toNanos();
        DemoHub contexts = hub.contexts();
        Map<String, String> space = pages(contexts.context("space-common"));
        while (!settled(contexts, space) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        List<EdgeHistory> edges = new ArrayList<>();
        for (String edge : EXPECTED.keySet()) {
            edges.add(edge(hub, contexts.context(edge), edge));
        }
        return new History(attempts, space, edges, EXPECTED);
    }

    private static boolean settled(DemoHub contexts, Map<String, String> space) {
        return EXPECTED.entrySet().stream().allMatch(edge -> {
            Cluster cluster = contexts.context(edge.getKey());
            return space.equals(pages(cluster)) && cluster.owned(TYPES).keySet().containsAll(edge.getValue());
        });
    }

    private static EdgeHistory edge(BenchHub hub, Cluster cluster, String name) {
        try {
            return new EdgeHistory(
                    name,
                    AuditLog.read(hub.stack().edges().auditLog(name)),
                    applies(cluster.kubectl("get", "--raw", "/metrics")),
                    cluster.owned(TYPES).keySet(),
                    pages(cluster));
        } catch (IOException e) {
            throw new UncheckedIOException("the audit log of " + name + " cannot be read", e);
        }
    }

    private static Map<String, String> pages(Cluster cluster) {
        Map<String, String> pages = new TreeMap<>();
        for (JsonNode item : MAPPER.readTree(
                        cluster.kubectl("get", "configmaps", "--namespace", "commonstuff", "-o", "json"))
                .path("items")) {
            String name = item.path("metadata").path("name").asString();
            if (name.startsWith(History.PAGE)) {
                pages.put(name, item.path("data").path("count").asString(""));
            }
        }
        return pages;
    }

    /** The API server's own count of applies that changed or made something or nothing, for the types that the scenario has. */
    static Map<String, Long> applies(String metrics) {
        Map<String, Long> applies = new HashMap<>();
        Set<String> types = Set.of(TYPES);
        metrics.lines().map(APPLIES::matcher).filter(Matcher::matches).forEach(line -> {
            String type = line.group(2) + (line.group(1).isEmpty() ? "" : "." + line.group(1));
            if (types.contains(type)) {
                applies.merge(type, Long.parseLong(line.group(3)), Long::sum);
            }
        });
        return applies;
    }

    private static Set<String> both() {
        Set<String> both = new HashSet<>(COMMON);
        both.addAll(SPECIAL);
        return Set.copyOf(both);
    }
}
