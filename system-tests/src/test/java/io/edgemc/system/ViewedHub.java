package io.edgemc.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.cli.demo.Cluster;
import io.edgemc.cli.demo.DemoHub;
import java.nio.file.Path;
import java.util.Map;

/** A hub that runs, with something to see in each of its views. */
record ViewedHub(RunningStack stack, Cluster harbour) implements AutoCloseable {
    static final String REPORT = """
            apiVersion: wgpolicyk8s.io/v1alpha2
            kind: PolicyReport
            metadata: {name: %s, namespace: quay}
            scope: {apiVersion: v1, kind: Pod, name: p, namespace: quay, uid: 4b4f6c2e-8f4a-4a86-9d2e-0c1e7a7d0a11}
            results:
            - {policy: %s, rule: r, result: %s, source: kyverno, message: m, timestamp: {seconds: 1763892000, nanos: 0}}
            """;

    static ViewedHub start(Path folder) throws Exception {
        RunningStack stack = new RunningStack(folder);
        DemoHub hub = stack.demo();
        hub.edges(Map.of("harbour", Map.of("compliance-level", "nist-high")));
        hub.spaces("x", "compliance");
        Cluster harbour = hub.context("harbour");
        View compliance = stack.view("space-compliance");
        compliance.feed(DemoHub.resource("b/policy-crd.yaml"), "apply", "-f", "-");
        compliance.feed(DemoHub.resource("b/policies.yaml"), "apply", "-f", "-");
        compliance.feed("""
                apiVersion: edge-mc.io/v1alpha1
                kind: EdgePlacement
                metadata: {name: everything}
                spec:
                  locationSelectors: [{matchLabels: {compliance-level: nist-high}}]
                  downsync:
                  - {apiGroup: kyverno.io, resources: [clusterpolicies], objectNames: ["*"]}
                  - {apiGroup: "", resources: [configmaps], namespaces: [default], objectNames: ["*"]}
                  upsync:
                  - {apiGroup: wgpolicyk8s.io, resources: [policyreports], namespaces: ["*"], names: ["*"]}
                """, "apply", "-f", "-");
        harbour.apply(DemoHub.resource("b/report-crds.yaml"));
        harbour.kubectl("wait", "--for=condition=Established", "crd/policyreports.wgpolicyk8s.io", "--timeout=30s");
        harbour.kubectl("create", "namespace", "quay");
        harbour.apply(REPORT.formatted("standing", "require-team-label", "pass"));
        Until.holds(() -> assertThat(stack.view("c2p").succeeds("get", "polr", "harbour.standing", "-n", "quay"))
                .isTrue());
        return new ViewedHub(stack, harbour);
    }

    @Override
    public void close() {
        stack.close();
    }
}
