package io.edgemc.c2p.normalise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgemc.api.json.ApiJson;
import io.edgemc.api.object.ObjectKey;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class NormalFormTest {
    private static final ObjectKey KEY = ObjectKey.parse("policyreports.wgpolicyk8s.io/shop/r");

    @ParameterizedTest
    @CsvSource({
        "{\"results\":{}}, results is not a list",
        "{\"results\":[7]}, results[0] is not an object",
        "'{\"results\":[{\"policy\":\"p\"},{\"rule\":\"x\"}]}', results[1] names no policy"
    })
    void whatIsNoReportIsRefusedWithItsPlace(String json, String message) {
        // When, Then
        assertThatThrownBy(() -> normalise(json, NormalRules.DEFAULT)).hasMessage(message);
    }

    @Test
    void aReportOverTheLimitIsRefused() {
        // When, Then
        assertThatThrownBy(() ->
                        normalise("{\"results\":[{\"policy\":\"p\"},{\"policy\":\"q\"}]}", new NormalRules(null, 1)))
                .hasMessage("the report has 2 results, the limit is 1");
    }

    @Test
    void aSkippedResultCanBeMapped() throws Exception {
        // When
        NormalReport report =
                normalise("{\"results\":[{\"policy\":\"p\",\"result\":\"skip\"}]}", new NormalRules(Outcome.PASS, 10));

        // Then
        assertThat(report.results()).extracting(NormalResult::outcome).containsExactly(Outcome.PASS);
    }

    @Test
    void theMergedViewTellsClustersApart() throws Exception {
        // Given the same uid in two clusters, as a clone of a cluster has it
        String json = "{\"metadata\":{\"uid\":\"1\"},\"results\":[{\"policy\":\"p\",\"result\":\"pass\","
                + "\"resources\":[{\"kind\":\"Pod\",\"name\":\"x\",\"uid\":\"7\"}]}]}";
        ObjectNode one = serve(normalise(json, NormalRules.DEFAULT));
        ObjectNode other = one.deepCopy();

        // When
        MergedForm.apply(one, "quay");
        MergedForm.apply(other, "tower");

        // Then
        assertThat(one.at("/metadata/name").asString("")).isEqualTo("quay.r");
        assertThat(one.at("/metadata/annotations/edge-mc.io~1original-name").asString(""))
                .isEqualTo("r");
        assertThat(one.at("/results/0/resources/0/uid").asString("")).isEqualTo("quay/7");
        assertThat(one.at("/metadata/uid").asString(""))
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
                .isNotEqualTo(other.at("/metadata/uid").asString(""));
    }

    @Test
    void aLongMergedNameIsCutAndStaysUnique() {
        // When
        String one = MergedForm.name("edge", "a".repeat(252) + "1");
        String other = MergedForm.name("edge", "a".repeat(252) + "2");

        // Then
        assertThat(one).hasSizeLessThanOrEqualTo(253).startsWith("edge.aaa").isNotEqualTo(other);
    }

    @Test
    void twoPoliciesOfOneNameAreTwo() {
        // Given
        PolicyName wide = new PolicyName("kyverno", "", "p");
        PolicyName narrow = new PolicyName("kyverno", "shop", "p");
        PolicyName cel = new PolicyName("KyvernoValidatingPolicy", "", "p");

        // Then
        assertThat(Set.of(wide.id(), narrow.id(), cel.id())).hasSize(3);
        assertThat(PolicyName.ofId(narrow.id())).isEqualTo(narrow);
    }

    @Test
    void ofTwoReportsOnOneSubjectTheNewestCounts() {
        // Given
        Claim old = new Claim(10, 0, true, "b");
        Claim recent = new Claim(10, 1, true, "a");
        Claim sameTimeNewGroup = new Claim(10, 0, false, "a");

        // Then
        assertThat(recent.beats(old)).isTrue();
        assertThat(old.beats(recent)).isFalse();
        assertThat(sameTimeNewGroup.beats(old)).isTrue();
        assertThat(old.beats(old)).isFalse();
    }

    @Test
    void aResultWithoutSourceCountsForTheOnePolicyOfItsName() {
        // Given
        PolicyName reported = new PolicyName("", "", "p");
        PolicyName kyverno = new PolicyName("kyverno", "", "p");
        PolicyName cel = new PolicyName("KyvernoValidatingPolicy", "", "p");

        // Then
        assertThat(new PlacedPolicies(Set.of(kyverno)).resolve(reported)).isEqualTo(kyverno);
        assertThat(new PlacedPolicies(Set.of(kyverno, cel)).resolve(reported)).isEqualTo(reported);
    }

    private static NormalReport normalise(String json, NormalRules rules) throws Exception {
        ObjectNode object = (ObjectNode) ApiJson.MAPPER.readTree(json);
        return new ReportNormaliser(rules)
                .normalise(new RawReport("edge", KEY, Instant.EPOCH, object), PlacedPolicies.NONE);
    }

    private static ObjectNode serve(NormalReport report) {
        return NormalReport.serve(List.of(new NormalReport.Part(report, new BitSet())));
    }
}
