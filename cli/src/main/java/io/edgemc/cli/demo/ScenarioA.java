package io.edgemc.cli.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Common and special workloads: two spaces, two clusters; one cluster gets what is common, the other both. Then the way back:
 * relabel a cluster, edit an object, change a parameter, delete a placement, each giving exactly the difference.
 */
public final class ScenarioA implements Scenario {
    private static final String[] TYPES = {
        "namespaces",
        "configmaps",
        "replicasets.apps",
        "deployments.apps",
        "customresourcedefinitions.apiextensions.k8s.io",
        "crontabs.stable.example.com",
        "apiservices.apiregistration.k8s.io"
    };
    private static final String COMMON_PAGE = "configmaps/commonstuff/httpd-htdocs";
    private static final String COMMON_SET = "replicasets.apps/commonstuff/commond";
    private static final String SPECIAL_DEPLOYMENT = "deployments.apps/specialstuff/speciald";
    private static final String PAGE = "{.data.index\\.html}";
    private static final String ENV = "{.spec.template.spec.containers[0].env[0].value}";
    private static final String COUNT = "{.metadata.annotations.edge-mc\\.io/executing-count}";

    @Override
    public String title() {
        return "A. Common and special workloads on two clusters";
    }

    @Override
    public Map<String, Map<String, String>> edges() {
        Map<String, Map<String, String>> edges = new LinkedHashMap<>();
        edges.put("florin", Map.of("loc-name", "florin", "env", "prod"));
        edges.put("guilder", Map.of("loc-name", "guilder", "env", "prod", "extended", "yes"));
        return edges;
    }

    @Override
    public void play(DemoHub hub, Console console, Expectations expect) {
        hub.edges(edges());
        Cluster florin = hub.context("florin");
        Cluster guilder = hub.context("guilder");
        for (Cluster edge : List.of(florin, guilder)) {
            edge.apply(DemoHub.resource("a/edge-born-crds.yaml"));
        }
        console.progress("writing the two spaces, with kubectl apply");
        hub.spaces("common", "special");
        Cluster common = hub.context("space-common");
        Cluster special = hub.context("space-special");
        common.apply(DemoHub.resource("a/common-objects.yaml"));
        special.apply(DemoHub.resource("a/special-crd.yaml"));
        special.apply(DemoHub.resource("a/special-objects.yaml"));
        common.apply(DemoHub.resource("a/common-placement.yaml"));
        special.apply(DemoHub.resource("a/special-placement.yaml"));

        arrives(console, expect, florin, guilder);
        isAll(expect, florin, guilder);
        comesBack(console, expect, hub, florin, guilder, common, special);
        summariesSay(console, expect, hub, 2, 1);
        if (expect.failures().isEmpty()) {
            new ScenarioAWayBack(hub, console, expect, TYPES).play(florin, guilder, common, special);
        } else {
            console.progress("the way back is not played: what it begins with is not there");
        }
    }

    private static void arrives(Console console, Expectations expect, Cluster florin, Cluster guilder) {
        console.progress("what arrives, seen by kubectl at the edges");
        expect.expect(
                "florin's page names florin",
                () -> florin.field("configmap", "commonstuff", "httpd-htdocs", PAGE)
                        .contains("running in florin, 100% of it"));
        expect.expect(
                "guilder's common page names guilder",
                () -> guilder.field("configmap", "commonstuff", "httpd-htdocs", PAGE)
                        .contains("running in guilder, 100% of it"));
        for (Map.Entry<String, Cluster> edge :
                Map.of("florin", florin, "guilder", guilder).entrySet()) {
            expect.expect(
                    edge.getKey() + "'s ReplicaSet is customized",
                    "env is prod",
                    () -> edge.getValue().field("replicaset", "commonstuff", "commond", ENV));
        }
        expect.expect(
                "guilder's special page names guilder",
                () -> guilder.field("configmap", "specialstuff", "httpd-htdocs", PAGE)
                        .contains("special web site, running in guilder"));
        expect.expect(
                "guilder's Deployment is customized",
                "in prod at guilder",
                () -> guilder.field("deployment", "specialstuff", "speciald", ENV));
        expect.expect("guilder has the CronTab", () -> guilder.has("crontab", "specialstuff", "my-new-cron-object"));
        expect.expect("guilder has the APIService", () -> guilder.has("apiservice", "", "v1090.example.my"));
        expect.expect(
                "the Namespace specialstuff came with its label",
                "yes",
                () -> guilder.field("namespace", "", "specialstuff", "{.metadata.labels.special}"));
        expect.expectNow("the CRD came before its CronTab", true, cameBefore(guilder));
        expect.expectNow("florin has no Namespace specialstuff", false, florin.has("namespace", "", "specialstuff"));
        expect.expectNow("florin has no CRD crontabs", false, florin.has("crd", "", "crontabs.stable.example.com"));
        expect.expectNow("florin has no APIService", false, florin.has("apiservice", "", "v1090.example.my"));
    }

    private static void isAll(Expectations expect, Cluster florin, Cluster guilder) {
        TreeSet<String> ofCommon = keys(COMMON_PAGE, COMMON_SET, "namespaces//commonstuff");
        TreeSet<String> ofBoth = new TreeSet<>(ofCommon);
        ofBoth.addAll(ScenarioAWayBack.specials());
        expect.expect("florin holds what is common, and nothing else of edge-mc", ofCommon, () -> held(florin));
        expect.expect(
                "guilder holds what is common and what is special, and nothing else", ofBoth, () -> held(guilder));
    }

    private static TreeSet<String> held(Cluster edge) {
        return new TreeSet<>(edge.owned(TYPES).keySet());
    }

    /** What the summary of placements says, by the hub's JSON. */
    private static void summariesSay(Console console, Expectations expect, DemoHub hub, int common, int special) {
        console.progress("what the summary of placements says");
        expect.expect(
                "the placement of space common is delivered at " + common + " clusters",
                "delivered=" + common + " pending=0 failed=0 stale=0",
                () -> hub.summary(
                        "placements", "placement", "edge-placement-c", "delivered", "pending", "failed", "stale"));
        expect.expect(
                "that of space special at " + special,
                "delivered=" + special + " pending=0 failed=0 stale=0",
                () -> hub.summary(
                        "placements", "placement", "edge-placement-s", "delivered", "pending", "failed", "stale"));
    }

    private static boolean cameBefore(Cluster guilder) {
        String crd = guilder.field("crd", "", "crontabs.stable.example.com", "{.metadata.creationTimestamp}");
        String object = guilder.field("crontab", "specialstuff", "my-new-cron-object", "{.metadata.creationTimestamp}");
        return !crd.isEmpty() && crd.compareTo(object) <= 0;
    }

    private static void comesBack(
            Console console,
            Expectations expect,
            DemoHub hub,
            Cluster florin,
            Cluster guilder,
            Cluster common,
            Cluster special) {
        console.progress("what comes back");
        expect.expect(
                "commond runs on 2 clusters", "2", () -> common.field("replicaset", "commonstuff", "commond", COUNT));
        expect.expect(
                "speciald runs on 1 cluster",
                "1",
                () -> special.field("deployment", "specialstuff", "speciald", COUNT));
        expect.expect(
                "speciald shows the status of that cluster",
                "1",
                () -> special.field("deployment", "specialstuff", "speciald", "{.status.unavailableReplicas}"));
        // Asked after a status has come back: by now commond's could have.
        expect.expectNow(
                "commond shows no status, for it is not one cluster's alone",
                "",
                common.field("replicaset", "commonstuff", "commond", "{.status.observedGeneration}"));
        florin.apply(DemoHub.resource("a/edge-born-objects.yaml"));
        Cluster clusters = hub.context("clusters");
        expect.expect(
                "george, born at florin, is seen at the hub",
                "12",
                () -> clusters.field("sprockets.group1.test", "orbital", "florin.george", "{.spec.teeth}"));
        expect.expect("so is cosmo", () -> clusters.has("flanges.group1.test", "orbital", "florin.cosmo"));
        expect.expect("so is william", () -> clusters.has("cogs.group2.test", "", "florin.william"));
        expect.expectNow(
                "the flange that nobody asked for is not",
                false,
                clusters.has("flanges.group1.test", "orbital", "florin.stranger"));
        expect.expectNow(
                "nor is the widget, which only space special asks for, of guilder",
                false,
                clusters.has("widgets.group3.test", "", "florin.wally"));
        guilder.apply("apiVersion: group3.test/v1\nkind: Widget\nmetadata: {name: wally}\nspec: {size: 3}\n");
        expect.expect(
                "a widget born at guilder is seen, for space special asks for all of them",
                "3",
                () -> clusters.field("widgets.group3.test", "", "guilder.wally", "{.spec.size}"));
        florin.kubectl(
                "patch", "sprocket", "george", "-n", "orbital", "--type=merge", "-p", "{\"spec\":{\"teeth\":13}}");
        expect.expect(
                "an update of george is seen",
                "13",
                () -> clusters.field("sprockets.group1.test", "orbital", "florin.george", "{.spec.teeth}"));
        florin.kubectl("delete", "flange", "cosmo", "-n", "orbital");
        expect.expect(
                "cosmo's deletion is seen",
                false,
                () -> clusters.has("flanges.group1.test", "orbital", "florin.cosmo"));
    }

    /** Keys that the way back speaks of. */
    static TreeSet<String> keys(String... keys) {
        return new TreeSet<>(List.of(keys));
    }

    static String commonPage() {
        return COMMON_PAGE;
    }

    static String commonSet() {
        return COMMON_SET;
    }

    static String specialDeployment() {
        return SPECIAL_DEPLOYMENT;
    }

    /** What edge-mc put at an edge. */
    static SortedMap<String, String> owned(Cluster edge, String[] types) {
        return edge.owned(types);
    }
}
