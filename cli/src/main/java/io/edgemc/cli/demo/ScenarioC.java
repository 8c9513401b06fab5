package io.edgemc.cli.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One definition, twenty sites: each gets its own camera address and model by parameters and a customizer, and large ones more
 * replicas by an override. Two of the sites are real API servers here; what the others are to hold is read at the hub.
 */
public final class ScenarioC implements Scenario {
    private static final int SITES = 20;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String IMAGE = "{.spec.template.spec.containers[0].image}";
    private static final String[] TYPES = {"configmaps", "deployments.apps"};

    @Override
    public String title() {
        return "C. One inspection application, customized for twenty sites";
    }

    @Override
    public Map<String, Map<String, String>> edges() {
        Map<String, Map<String, String>> edges = new LinkedHashMap<>();
        sites().stream().filter(Site::real).forEach(site -> edges.put(site.name(), site.labels()));
        return edges;
    }

    private static List<Site> sites() {
        List<Site> sites = new ArrayList<>();
        for (int number = 1; number <= SITES; number++) {
            sites.add(new Site(number));
        }
        return sites;
    }

    @Override
    public void play(DemoHub hub, Console console, Expectations expect) {
        List<Site> sites = sites();
        Map<String, Map<String, String>> edges = edges();
        console.progress("registering " + SITES + " sites; site-01 and site-02 are real API servers");
        for (Site site : sites) {
            hub.register(site.name(), site.labels(), site.properties());
        }
        hub.edges(edges);
        hub.spaces("inspection");
        Cluster space = hub.context("space-inspection");
        space.apply(DemoHub.resource("c/objects.yaml"));
        space.apply(DemoHub.resource("c/override.yaml"));
        space.apply(DemoHub.resource("c/placement.yaml"));

        console.progress("what the real sites hold, seen by kubectl");
        for (Site site : sites.subList(0, edges.size())) {
            atTheEdge(expect, site, hub.context(site.name()));
        }
        console.progress("what all sites are to hold, seen at the hub");
        SortedMap<String, String> expected = new TreeMap<>();
        sites.forEach(site -> expected.put(site.name(), site.summary()));
        Cluster clusters = hub.context("clusters");
        expect.expect("each of the 20 sites has its camera, model and replicas", expected, () -> held(clusters));
        wayBack(hub, console, expect, sites.getFirst(), sites.get(1), expected);
    }

    private static void atTheEdge(Expectations expect, Site site, Cluster edge) {
        expect.expect(
                site.name() + " has its camera",
                "rtsp://" + site.camera() + "/stream",
                () -> edge.field("configmap", "inspection", "camera", "{.data.address}"));
        expect.expect(
                site.name() + " has its model",
                "registry.example.com/inspection/model:" + site.model(),
                () -> edge.field("deployment", "inspection", "inspector", IMAGE));
        expect.expect(
                site.name() + " has its replicas",
                Integer.toString(site.replicas()),
                () -> edge.field("deployment", "inspection", "inspector", "{.spec.replicas}"));
        expect.expect(
                site.name() + "'s Deployment carries its name",
                site.name(),
                () -> edge.field("deployment", "inspection", "inspector", "{.metadata.labels.site}"));
    }

    private static SortedMap<String, String> held(Cluster clusters) {
        SortedMap<String, String> held = new TreeMap<>();
        Map<String, String> cameras = new TreeMap<>();
        for (JsonNode item : items(clusters, "configmaps")) {
            cameras.put(cluster(item), item.path("data").path("address").asString(""));
        }
        for (JsonNode item : items(clusters, "deployments.apps")) {
            JsonNode spec = item.path("spec");
            held.put(
                    cluster(item),
                    cameras.get(cluster(item)) + " "
                            + spec.at("/template/spec/containers/0/image").asString("") + " "
                            + spec.path("replicas").asInt(0));
        }
        return held;
    }

    private static JsonNode items(Cluster clusters, String type) {
        return MAPPER.readTree(clusters.kubectl("get", type, "-n", "inspection", "-o", "json"))
                .path("items");
    }

    private static String cluster(JsonNode item) {
        return item.path("metadata").path("labels").path("edge-mc.io/cluster").asString("");
    }

    private static void wayBack(
            DemoHub hub,
            Console console,
            Expectations expect,
            Site first,
            Site second,
            SortedMap<String, String> expected) {
        console.progress("site-01 gets another camera: its ConfigMap changes, nothing else anywhere");
        Cluster one = hub.context(first.name());
        Cluster two = hub.context(second.name());
        SortedMap<String, String> beforeOne = one.owned(TYPES);
        SortedMap<String, String> beforeTwo = two.owned(TYPES);
        hub.context("inventory")
                .kubectl(
                        "patch",
                        "cluster",
                        first.name(),
                        "--type=merge",
                        "-p",
                        "{\"spec\":{\"properties\":{\"camera\":\"10.9.9.9\"}}}");
        expect.expect(
                "the new camera has arrived",
                "rtsp://10.9.9.9/stream",
                () -> one.field("configmap", "inspection", "camera", "{.data.address}"));
        Change camera = new Change(ScenarioA.keys(), ScenarioA.keys("configmaps/inspection/camera"), ScenarioA.keys());
        expect.expect("site-01: " + camera, camera, () -> Change.between(beforeOne, one.owned(TYPES)));
        expect.expectNow("site-02: nothing changes", Change.NONE, Change.between(beforeTwo, two.owned(TYPES)));
        expected.computeIfPresent(first.name(), (site, held) -> held.replace(first.camera(), "10.9.9.9"));
        Cluster clusters = hub.context("clusters");
        expect.expect("the other sites are as they were", expected, () -> held(clusters));
        console.progress("the override goes: large sites are back at one replica");
        hub.context("space-inspection").kubectl("delete", "override", "large-sites");
        expected.replaceAll((site, held) -> held.replaceAll(" 3$", " 1"));
        expect.expect("every site has one replica", expected, () -> held(clusters));
        expect.expect(
                "at site-02 too", "1", () -> two.field("deployment", "inspection", "inspector", "{.spec.replicas}"));
    }

    /** A site; every other one is large. */
    private record Site(int number) {
        String name() {
            return String.format(Locale.ROOT, "site-%02d", number);
        }

        boolean real() {
            return number <= 2;
        }

        boolean large() {
            return number % 2 == 0;
        }

        String camera() {
            return "10.0." + number + ".7";
        }

        String model() {
            return "v" + (1 + number % 3);
        }

        int replicas() {
            return large() ? 3 : 1;
        }

        Map<String, String> labels() {
            return Map.of("application", "inspection", "size", large() ? "large" : "small");
        }

        Map<String, String> properties() {
            return Map.of("camera", camera(), "model", model());
        }

        String summary() {
            return "rtsp://" + camera() + "/stream registry.example.com/inspection/model:" + model() + " " + replicas();
        }
    }
}
