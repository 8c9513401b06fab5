package io.edgemc.cli.demo;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Compliance: policies go to the clusters of a level, reports come up, and auditors read who is compliant. A cluster that never
 * reported is unknown, never compliant. No policy engine runs: a stand-in writes reports as one would.
 */
public final class ScenarioB implements Scenario {
    private static final String REPORTS = "policyreports.wgpolicyk8s.io";
    private static final String CLUSTER_REPORTS = "clusterpolicyreports.wgpolicyk8s.io";

    @Override
    public String title() {
        return "B. Compliance of three clusters, one of them silent";
    }

    @Override
    public Map<String, Map<String, String>> edges() {
        Map<String, Map<String, String>> edges = new LinkedHashMap<>();
        edges.put("harbour", Map.of("compliance-level", "nist-high"));
        edges.put("lighthouse", Map.of("compliance-level", "nist-high"));
        return edges;
    }

    @Override
    public void play(DemoHub hub, Console console, Expectations expect) {
        hub.edges(edges());
        hub.register("buoy", Map.of("compliance-level", "nist-high"), Map.of());
        Cluster harbour = hub.context("harbour");
        Cluster lighthouse = hub.context("lighthouse");
        console.progress("writing the policies into space compliance");
        hub.spaces("compliance");
        Cluster space = hub.context("space-compliance");
        space.apply(DemoHub.resource("b/policy-crd.yaml"));
        space.apply(DemoHub.resource("b/policies.yaml"));
        space.apply(DemoHub.resource("b/placement.yaml"));
        hub.put("/c2p/v1/component-definitions/harbour-authority", DemoHub.resource("b/component-definition.json"));
        for (Map.Entry<String, Cluster> edge :
                Map.of("harbour", harbour, "lighthouse", lighthouse).entrySet()) {
            for (String policy : new String[] {"require-team-label", "no-privileged-pods", "pinned-image-tags"}) {
                expect.expect(
                        edge.getKey() + " has the policy " + policy,
                        () -> edge.getValue().has("clusterpolicies.kyverno.io", "", policy));
            }
        }
        console.progress("before any report, everything is unknown");
        state(hub, expect, "by-policy", "policy", "require-team-label", "unknown");
        state(hub, expect, "by-cluster", "cluster", "harbour", "unknown");

        console.progress(
                "a STAND-IN for a policy engine writes recorded reports at harbour and lighthouse; no engine runs");
        harbour.apply(DemoHub.resource("b/report-crds.yaml"));
        lighthouse.apply(DemoHub.resource("b/report-crds.yaml"));
        write(harbour, "b/reports-harbour.yaml");
        write(lighthouse, "b/reports-lighthouse.yaml");
        reportsAreServed(hub, expect);
        summariesAreRight(hub, console, expect);
        wayBack(hub, console, expect, lighthouse);
    }

    private static void reportsAreServed(DemoHub hub, Expectations expect) {
        Cluster c2p = hub.context("c2p");
        expect.expect("the merged view has harbour's report", () -> c2p.has(REPORTS, "quay", "harbour.crane-report"));
        expect.expect("and harbour's cluster report", () -> c2p.has(CLUSTER_REPORTS, "", "harbour.cluster-report"));
        expect.expect("and lighthouse's report", () -> c2p.has(REPORTS, "tower", "lighthouse.lamp-report"));
        expect.expect(
                "its resource is filled in from the scope",
                "lamp",
                () -> c2p.field(REPORTS, "tower", "lighthouse.lamp-report", "{.results[0].resources[0].name}"));
        expect.expect(
                "the resource's uid names the cluster",
                "lighthouse/9d0f6c2e-8f4a-4a86-9d2e-0c1e7a7d0b21",
                () -> c2p.field(REPORTS, "tower", "lighthouse.lamp-report", "{.results[0].resources[0].uid}"));
        expect.expect(
                "a message that the engine left out is filled in",
                "require-team-label/check-team: pass",
                () -> c2p.field(CLUSTER_REPORTS, "", "harbour.cluster-report", "{.results[0].message}"));
    }

    private static void summariesAreRight(DemoHub hub, Console console, Expectations expect) {
        console.progress("who is compliant");
        state(hub, expect, "by-policy", "policy", "pinned-image-tags", "fail");
        state(hub, expect, "by-policy", "policy", "no-privileged-pods", "fail");
        state(hub, expect, "by-policy", "policy", "require-team-label", "unknown");
        expect.expect(
                "require-team-label: 2 clusters compliant, none not, 1 unknown",
                "2/0/1",
                () -> clusters(row(hub, "by-policy", "policy", "require-team-label")));
        expect.expect(
                "pinned-image-tags: 1 compliant, 1 not, 1 unknown",
                "1/1/1",
                () -> clusters(row(hub, "by-policy", "policy", "pinned-image-tags")));
        expect.expect(
                "the summary of policies counts results of two clusters for pinned-image-tags",
                "clusters=2",
                () -> hub.summary("policies", "policy", "pinned-image-tags", "clusters"));
        state(hub, expect, "by-control", "control", "ac-6", "fail");
        state(hub, expect, "by-control", "control", "cm-8", "unknown");
        state(hub, expect, "by-cluster", "cluster", "harbour", "fail");
        state(hub, expect, "by-cluster", "cluster", "lighthouse", "fail");
        state(hub, expect, "by-cluster", "cluster", "buoy", "unknown");
    }

    private static void wayBack(DemoHub hub, Console console, Expectations expect, Cluster lighthouse) {
        console.progress("the lamp of lighthouse is repaired");
        lighthouse.kubectl(
                "patch",
                REPORTS,
                "lamp-report",
                "-n",
                "tower",
                "--type=json",
                "-p",
                "[{\"op\":\"replace\",\"path\":\"/results/1/result\",\"value\":\"pass\"},"
                        + "{\"op\":\"replace\",\"path\":\"/summary\",\"value\":{\"pass\":3,\"fail\":0}}]");
        expect.expect(
                "no-privileged-pods: 2 compliant, none not, 1 unknown",
                "2/0/1",
                () -> clusters(row(hub, "by-policy", "policy", "no-privileged-pods")));
        state(hub, expect, "by-cluster", "cluster", "lighthouse", "pass");
        console.progress("the report of lighthouse is deleted: unknown again, not compliant");
        lighthouse.kubectl("delete", REPORTS, "lamp-report", "-n", "tower");
        state(hub, expect, "by-cluster", "cluster", "lighthouse", "unknown");
    }

    private static void write(Cluster edge, String reports) {
        edge.kubectl(
                "wait", "--for=condition=Established", "crd/" + REPORTS, "crd/" + CLUSTER_REPORTS, "--timeout=20s");
        edge.apply(DemoHub.resource(reports));
    }

    private static void state(
            DemoHub hub, Expectations expect, String summary, String column, String value, String state) {
        expect.expect(
                summary + " " + value + " is " + state,
                state,
                () -> row(hub, summary, column, value).path("state").asString(""));
    }

    private static JsonNode row(DemoHub hub, String summary, String column, String value) {
        for (JsonNode row : hub.json("/c2p/v1/summary/" + summary).path("rows")) {
            if (row.path(column).asString("").equals(value)) {
                return row;
            }
        }
        return tools.jackson.databind.node.MissingNode.getInstance();
    }

    private static String clusters(JsonNode row) {
        JsonNode clusters = row.path("clusters");
        return clusters.path("compliant").asString("-") + "/"
                + clusters.path("nonCompliant").asString("-") + "/"
                + clusters.path("unknown").asString("-");
    }
}
