package io.edgemc.kube.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgemc.kube.conformance.Comparison.Difference;
import io.edgemc.kube.conformance.Outcome.Part;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** What reads cases and compares outcomes: a harness that sees no difference would pass everything. */
class HarnessTest {
    private static final Normal NORMAL = new Normal(URI.create("http://127.0.0.1:4711/spaces/x"), "case-1", List.of());

    @Test
    void aMatrixIsOneCasePerRow() {
        List<Case> cases = read("""
                title: get
                matrix:
                - {name: a, object: {kind: A}}
                - {name: b, object: {kind: B}}
                given: [<object>]
                steps:
                - kubectl get <name> -n <ns>
                - send: PUT /x/<name>
                  body: <object>
                """);

        assertThat(cases).extracting(Case::id).containsExactly("area/file#get [a]", "area/file#get [b]");
        assertThat(cases.get(1).given().getFirst()).hasToString("{\"kind\":\"B\"}");
        assertThat(cases.get(1).steps())
                .extracting(Step::text)
                .containsExactly("kubectl get b -n case-1001", "PUT /x/b");
        assertThat(cases.get(1).steps().get(1))
                .isInstanceOfSatisfying(
                        Step.Send.class, send -> assertThat(send.body()).isEqualTo("{\"kind\":\"B\"}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "title: t\\nstep: [kubectl x] | nobody knows 'step'",
                "title: t\\nsteps: []             | has no steps",
                "title: t\\nsteps: [ls]           | a step is a line for one of [kubectl, helm] or a request",
                "steps: [kubectl x]               | is missing in",
                "title: t\\nsteps: [kubectl x]\\ndiffers: {lines: [a]} | is missing in"
            })
    void aCaseThatCannotBeUnderstoodIsRefused(String text, String message) {
        assertThatThrownBy(() -> read(text.replace("\\n", "\n")))
                .hasMessageContaining("area/file.yaml")
                .hasMessageContaining(message);
    }

    @Test
    void aLineIsSplitAsAShellDoes() {
        assertThat(CommandLine.words("get cm  -o 'jsonpath={\"a b\"}' -l \"x=y\" ''"))
                .containsExactly("get", "cm", "-o", "jsonpath={\"a b\"}", "-l", "x=y", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "uid: 0a1b2c3d-0000-4000-8000-000000000001        | uid: <uid>",
                "\"resourceVersion\": \"12\"                      | \"resourceVersion\": \"<version>\"",
                "\"resourceVersion\": \"\"                        | \"resourceVersion\": \"\"",
                "created 2026-11-29T09:00:00Z                     | created <time>",
                "at http://127.0.0.1:4711/spaces/x/api            | at <server>/api",
                "in namespace case-1                              | in namespace <ns>",
                "NAME AGE a 12s                                   | NAME AGE a <age>",
                "timed out after 12s                              | timed out after 12s",
                "E1129 09:00:00.123456    4711 memcache.go:265] x | E memcache.go] x",
                "replicas: 12                                     | replicas: 12"
            })
    void onlyWhatMustDifferIsTakenOut(String text, String normal) {
        assertThat(NORMAL.text(text).strip()).isEqualTo(normal);
    }

    @Test
    void managedFieldsCountOnlyWhereTheyAreAskedFor() {
        var json = JsonMapper.shared().readTree("{\"b\":1,\"a\":{\"managedFields\":[{\"manager\":\"m\"}]}}");

        assertThat(NORMAL.json(json, false)).doesNotContain("manager");
        assertThat(NORMAL.json(json, true)).contains("\"manager\" : \"m\"");
    }

    @Test
    void everyPartOfEveryStepIsCompared() {
        List<Outcome> reference = outcomes("0", "same\nfirst\n", "");

        assertThat(Comparison.of(reference, outcomes("0", "same\nfirst\n", ""), List.of()))
                .isEmpty();
        assertThat(Comparison.of(reference, outcomes("1", "same\nother\n", "x"), List.of()))
                .extracting(Difference::brief)
                .containsExactly(
                        "exit code: reference '0', space '1'",
                        "stdout: reference 'first', space 'other'",
                        "stderr: reference has no more, space 'x'");
    }

    @Test
    void aDeclaredDifferenceLeavesTheOtherLinesToBeTheSame() {
        List<Outcome> reference = outcomes("0", "same\nclusterIP: 10.0.0.1\nlast\n", "");

        assertThat(Comparison.of(reference, outcomes("0", "same\nlast\n", ""), List.of("clusterIP")))
                .isEmpty();
        assertThat(Comparison.of(reference, outcomes("0", "same\nother\n", ""), List.of("clusterIP")))
                .hasSize(1);
    }

    @Test
    void allCasesCanBeRead() {
        assertThat(CaseFiles.all()).hasSizeGreaterThan(300);
    }

    private static List<Case> read(String text) {
        List<Case> cases = new ArrayList<>();
        CaseFiles.read("area/file", text, cases);
        return cases;
    }

    private static List<Outcome> outcomes(String code, String out, String err) {
        return List.of(new Outcome(
                "step 1", List.of(new Part("exit code", code), new Part("stdout", out), new Part("stderr", err))));
    }
}
