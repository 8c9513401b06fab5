package io.edgemc.c2p.normalise;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.json.ApiJson;
import io.edgemc.api.object.ObjectKey;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** The table of what readers of the view cannot bear: each row what a cluster reports, and where to look at what is served. */
class NormalisationTableTest {
    private static final String REPORT = "policyreports.wgpolicyk8s.io/shop/r";
    private static final String CLUSTER_REPORT = "clusterpolicyreports.wgpolicyk8s.io//r";
    private static final String OPEN_REPORT = "reports.openreports.io/shop/r";
    private static final String RESULT = "{policy: 'p', rule: 'u', result: 'pass'}";

    static Stream<Arguments> table() {
        return Stream.of(
                row("a report without results", REPORT, "{}", "/results", "[]"),
                row("results is null", REPORT, "{results: null}", "/results", "[]"),
                row("no message", REPORT, result(RESULT), "/results/0/message", "p/u: pass"),
                row(
                        "an empty message",
                        REPORT,
                        result("{policy: 'p', rule: 'u', result: 'fail', message: ''}"),
                        "/results/0/message",
                        "p/u: fail"),
                row(
                        "a message of blanks",
                        REPORT,
                        result("{policy: 'p', rule: 'u', result: 'fail', message: ' \\n'}"),
                        "/results/0/message",
                        "p/u: fail"),
                row(
                        "a message with blanks and a line break at its ends",
                        REPORT,
                        result("{policy: 'p', rule: 'u', result: 'fail', message: ' no\\nway \\n'}"),
                        "/results/0/message",
                        "no\nway"),
                row(
                        "no message and no rule",
                        REPORT,
                        result("{policy: 'p', result: 'error'}"),
                        "/results/0/message",
                        "p: error"),
                row(
                        "scope and no resources",
                        REPORT,
                        "{scope: {kind: 'Pod', name: 'x', uid: '7'}, results: [" + RESULT + "]}",
                        "/results/0/resources",
                        "[{\"kind\":\"Pod\",\"name\":\"x\",\"uid\":\"7\"}]"),
                row(
                        "the scope stays",
                        REPORT,
                        "{scope: {kind: 'Pod', name: 'x', uid: '7'}, results: [" + RESULT + "]}",
                        "/scope/uid",
                        "7"),
                row(
                        "resources are kept",
                        REPORT,
                        "{scope: {kind: 'Pod', name: 'x', uid: '7'}, results: [{policy: 'p', result: 'pass',"
                                + " resources: [{kind: 'Pod', name: 'y', uid: '8'}]}]}",
                        "/results/0/resources/0/uid",
                        "8"),
                row(
                        "no resources and no scope: the namespace",
                        REPORT,
                        result("{policy: 'p', result: 'pass', resources: []}"),
                        "/results/0/resources/0/kind",
                        "Namespace"),
                row("its name", REPORT, result(RESULT), "/results/0/resources/0/name", "shop"),
                row(
                        "no resources and no scope: the cluster",
                        CLUSTER_REPORT,
                        result(RESULT),
                        "/results/0/resources/0/kind",
                        "Cluster"),
                row("its name", CLUSTER_REPORT, result(RESULT), "/results/0/resources/0/name", "edge"),
                row(
                        "a resource without uid",
                        REPORT,
                        result("{policy: 'p', result: 'pass', resources: [{kind: 'Pod', name: 'y'}]}"),
                        "/results/0/resources/0/uid",
                        NameUuid.of("edge", "", "Pod", "", "y")),
                row(
                        "no timestamp: when the edge saw it",
                        REPORT,
                        result(RESULT),
                        "/results/0/timestamp",
                        "{\"seconds\":1700000000,\"nanos\":5}"),
                row(
                        "a timestamp without nanos",
                        REPORT,
                        result("{policy: 'p', result: 'pass', timestamp: {seconds: 9}}"),
                        "/results/0/timestamp",
                        "{\"seconds\":9,\"nanos\":0}"),
                row(
                        "a timestamp that is none",
                        REPORT,
                        result("{policy: 'p', result: 'pass', timestamp: {seconds: -1, nanos: -1}}"),
                        "/results/0/timestamp/seconds",
                        "1700000000"),
                row(
                        "resourceSelector without resources",
                        REPORT,
                        result("{policy: 'p', result: 'pass', resourceSelector: {matchLabels: {a: 'b'}}}"),
                        "/results/0/resources/0/kind",
                        "Namespace"),
                row(
                        "scopeSelector without resources",
                        CLUSTER_REPORT,
                        "{scopeSelector: {matchLabels: {a: 'b'}}, results: [" + RESULT + "]}",
                        "/results/0/resources/0/kind",
                        "Cluster"),
                row(
                        "skip is dropped",
                        REPORT,
                        "{results: [{policy: 'p', result: 'skip'}, " + RESULT + "]}",
                        "/results/0/result",
                        "pass"),
                row(
                        "and the summary is made anew",
                        REPORT,
                        "{summary: {pass: 7, skip: 9}, results: [{policy: 'p', result: 'skip'}, " + RESULT + "]}",
                        "/summary",
                        "{\"pass\":1,\"fail\":0,\"warn\":0,\"error\":0,\"skip\":0}"),
                row(
                        "a result that nobody knows is no pass",
                        REPORT,
                        result("{policy: 'p', result: 'maybe'}"),
                        "/results/0/result",
                        "error"),
                row(
                        "openreports.io is converted",
                        OPEN_REPORT,
                        result(RESULT),
                        "/apiVersion",
                        "wgpolicyk8s.io/v1alpha2"),
                row("its kind too", OPEN_REPORT, "{kind: 'Report', results: []}", "/kind", "PolicyReport"),
                row(
                        "of a cluster report too",
                        "clusterreports.openreports.io//r",
                        "{results: []}",
                        "/kind",
                        "ClusterPolicyReport"),
                row(
                        "v1beta1 is converted",
                        REPORT,
                        "{apiVersion: 'wgpolicyk8s.io/v1beta1', results: []}",
                        "/apiVersion",
                        "wgpolicyk8s.io/v1alpha2"),
                row(
                        "an empty source of a report fills nothing",
                        OPEN_REPORT,
                        "{source: '', results: [{policy: 'p', result: 'pass', source: 'kyverno'}]}",
                        "/results/0/source",
                        "kyverno"),
                row(
                        "a source of a report fills what has none",
                        OPEN_REPORT,
                        "{source: 'kyverno', results: [" + RESULT + "]}",
                        "/results/0/source",
                        "kyverno"),
                row(
                        "configuration goes",
                        OPEN_REPORT,
                        "{configuration: {limits: {maxResults: 3}}}",
                        "/configuration",
                        ""),
                row(
                        "namespace/policy: the bare name",
                        REPORT,
                        result("{policy: 'shop/p', result: 'pass'}"),
                        "/results/0/policy",
                        "p"),
                row(
                        "the namespace stays",
                        REPORT,
                        result("{policy: 'shop/p', result: 'pass'}"),
                        "/results/0/properties/edge-mc.io~1policy-namespace",
                        "shop"),
                row(
                        "a generated admission policy: the policy that generated it",
                        REPORT,
                        result("{policy: 'vpol-placed', rule: 'vpol-placed', result: 'pass',"
                                + " source: 'ValidatingAdmissionPolicy'}"),
                        "/results/0/policy",
                        "placed"),
                row(
                        "the reported name stays",
                        REPORT,
                        result("{policy: 'cpol-placed', result: 'pass', source: 'ValidatingAdmissionPolicy'}"),
                        "/results/0/properties/edge-mc.io~1reported-policy",
                        "cpol-placed"),
                row(
                        "where no such policy is placed it keeps its name",
                        REPORT,
                        result("{policy: 'vpol-other', result: 'pass', source: 'ValidatingAdmissionPolicy'}"),
                        "/results/0/policy",
                        "vpol-other"),
                row(
                        "of another source it keeps its name",
                        REPORT,
                        result("{policy: 'vpol-placed', result: 'pass', source: 'kyverno'}"),
                        "/results/0/policy",
                        "vpol-placed"),
                row("without apiVersion and kind: both", REPORT, "{}", "/apiVersion", "wgpolicyk8s.io/v1alpha2"),
                row("its kind", CLUSTER_REPORT, "{}", "/kind", "ClusterPolicyReport"),
                row(
                        "properties that are none",
                        REPORT,
                        result("{policy: 'a/p', result: 'pass', properties: 'x'}"),
                        "/results/0/properties/edge-mc.io~1policy-namespace",
                        "a"),
                row(
                        "labels that are none",
                        REPORT,
                        "{metadata: {labels: null}}",
                        "/metadata/labels/edge-mc.io~1cluster",
                        "edge"),
                row(
                        "what proves ownership at the edge is nobody's business here",
                        REPORT,
                        "{metadata: {annotations: {'edge-mc.io/downsynced': 'x', note: 'y'}}}",
                        "/metadata/annotations",
                        "{\"note\":\"y\"}"),
                row(
                        "what belongs to the cluster's API server goes",
                        REPORT,
                        "{metadata: {managedFields: [], ownerReferences: [], resourceVersion: '5'}}",
                        "/metadata/resourceVersion",
                        ""));
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource("table")
    void isServedAs(String name, String key, String reported, String pointer, String served) throws Exception {
        // Given
        ObjectNode object = (ObjectNode) ApiJson.MAPPER.readTree(json(reported));
        RawReport raw = new RawReport("edge", ObjectKey.parse(key), Instant.ofEpochSecond(1_700_000_000L, 5), object);
        PlacedPolicies placed = new PlacedPolicies(Set.of(new PolicyName("KyvernoValidatingPolicy", "", "placed")));

        // When
        NormalReport report = new ReportNormaliser(NormalRules.DEFAULT).normalise(raw, placed);

        // Then
        ObjectNode view = NormalReport.serve(List.of(new NormalReport.Part(report, new BitSet())));
        var found = view.at(pointer);
        assertThat(found.isContainer() ? found.toString() : found.asString("")).isEqualTo(served);
    }

    private static Arguments row(String name, String key, String reported, String pointer, String served) {
        return Arguments.of(name, key, reported, pointer, served);
    }

    private static String result(String result) {
        return "{results: [" + result + "]}";
    }

    /** The table is written without the quotes of member names. */
    private static String json(String relaxed) {
        return relaxed.replace('\'', '"').replaceAll("([{,] ?)([A-Za-z]+):", "$1\"$2\":");
    }
}
