package io.edgemc.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.kube.testing.Instances;
import io.edgemc.kube.testing.Instances.Instance;
import io.edgemc.placement.RunningService.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What lies in a space has no effect there, in another space, or in the hub (domain.md §4). */
class InertnessTest extends WholeServiceTest {
    private static final String SAME = "the same space";
    private static final String CRD = "CustomResourceDefinition";
    private static final List<String> SPACES = List.of("aggressive", "neighbour");
    private static List<Instance> instances;
    private static Probe probe;
    private static Map<String, Map<String, String>> before;

    static List<Instance> instances() {
        return Instances.of("/io/edgemc/placement/inert.yaml");
    }

    @BeforeAll
    static void probeFirst() throws Exception {
        instances = instances();
        for (String space : SPACES) {
            hub.space(space);
            hub.create(
                    "/spaces/" + space + "/api/v1/namespaces",
                    "apiVersion: v1\nkind: Namespace\nmetadata: {name: kube-system}\n");
        }
        probe = new Probe(service);
        before = answers();
    }

    private static Map<String, Map<String, String>> answers() throws Exception {
        return Map.of(
                SAME,
                probe.ofSpace("aggressive"),
                "another space",
                probe.ofSpace("neighbour"),
                "the hub",
                probe.ofHub());
    }

    @Test
    void everyKindThatIsDenaturedHasAnInstance() {
        assertThat(instances)
                .extracting(instance -> instance.kind().kind())
                .contains(
                        "MutatingWebhookConfiguration",
                        "ValidatingWebhookConfiguration",
                        "ValidatingAdmissionPolicy",
                        "ValidatingAdmissionPolicyBinding",
                        "FlowSchema",
                        "PriorityLevelConfiguration",
                        "ClusterRole",
                        "ClusterRoleBinding",
                        "Role",
                        "RoleBinding",
                        "LimitRange",
                        "ResourceQuota",
                        "ServiceAccount",
                        "APIService");
    }

    @Test
    void theProbeGetsSomewhere() {
        assertThat(before.get(SAME))
                .allSatisfy((question, answer) -> assertThat(answer)
                        .as(question)
                        .matches(text -> text.startsWith(question.startsWith("get unserved") ? "404" : "20")));
    }

    @ParameterizedTest
    @MethodSource("instances")
    void whatIsStoredHasNoEffect(Instance instance) throws Exception {
        // When
        Answer stored = store(instance);

        try {
            // Then
            assertThat(stored.status()).as(stored.message()).isIn(200, 201);
            assertThat(differences(instance)).isEmpty();
        } finally {
            remove(instance);
        }
    }

    @Test
    void allTogetherHaveNoneEither() throws Exception {
        // When
        List<Instance> all = instances.stream()
                .filter(instance -> !instance.kind().kind().equals(CRD))
                .toList();
        try {
            for (Instance instance : all) {
                store(instance);
            }

            // Then
            assertThat(differences(all.getFirst())).isEmpty();
        } finally {
            for (Instance instance : all) {
                remove(instance);
            }
        }
    }

    @Test
    void nobodyIsCalledToConvertWhatACrdDefines() throws Exception {
        // Given
        Instance crd = instances.stream()
                .filter(instance -> instance.kind().kind().equals(CRD))
                .findFirst()
                .orElseThrow();
        store(crd);
        String gadgets = "/spaces/aggressive/apis/converted.example.com/";

        try {
            // When
            hub.create(
                    gadgets + "v1/namespaces/default/gadgets",
                    "apiVersion: converted.example.com/v1\nkind: Gadget\nmetadata: {name: g}\nsize: 3\n");

            // Then
            Answer read = service.get(gadgets + "v2/namespaces/default/gadgets/g");
            assertThat(read.status()).isEqualTo(200);
            assertThat(read.body().path("apiVersion").asString()).isEqualTo("converted.example.com/v2");
            assertThat(read.body().path("size").asInt()).isEqualTo(3);
        } finally {
            remove(crd);
        }
    }

    @Test
    void aFreshSpaceHoldsItsDefaultNamespaceAndNothingElse() throws Exception {
        // When
        hub.space("fresh");

        // Then
        for (Instance instance : instances) {
            String all = instance.kind().namespaced()
                    ? instance.collection().replace("/namespaces/default", "")
                    : instance.collection();
            assertThat(hub.get("/spaces/fresh" + all).path("items").size()).isZero();
        }
        assertThat(hub.get("/spaces/fresh/api/v1/namespaces").path("items"))
                .extracting(item -> item.at("/metadata/name").asString())
                .containsExactly("default");
        assertThat(hub.get("/spaces/fresh/api/v1/configmaps").path("items").size())
                .isZero();
    }

    @Test
    void systemNamespacesCanBeMadeAndNotDeleted() throws Exception {
        // Given
        String namespaces = "/spaces/neighbour/api/v1/namespaces";
        hub.create(namespaces, "apiVersion: v1\nkind: Namespace\nmetadata: {name: kube-public}\n");

        for (String name : List.of("default", "kube-system", "kube-public")) {
            // When
            Answer answer = service.call("DELETE", namespaces + "/" + name, null, "application/json");

            // Then
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.message())
                    .isEqualTo("namespaces \"" + name + "\" is forbidden: this namespace may not be deleted");
        }
    }

    @Test
    void systemObjectsAreTolerated() throws Exception {
        // Given
        String inDefault = "/spaces/neighbour/api/v1/namespaces/default/";
        hub.create(
                inDefault + "configmaps",
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kube-root-ca.crt}\ndata: {ca.crt: none}\n");

        // When
        Answer removed = service.call("DELETE", inDefault + "configmaps/kube-root-ca.crt", null, "application/json");

        // Then nobody makes it anew
        assertThat(removed.status()).isEqualTo(200);
        assertThat(hub.status(inDefault + "configmaps/kube-root-ca.crt")).isEqualTo(404);
    }

    private static Answer store(Instance instance) throws Exception {
        return service.call(
                "PATCH",
                "/spaces/aggressive" + path(instance) + "?fieldManager=aggressor&force=true",
                instance.object().toString(),
                "application/apply-patch+yaml");
    }

    private static void remove(Instance instance) throws Exception {
        service.call("DELETE", "/spaces/aggressive" + path(instance), null, "application/json");
        await(instance);
    }

    private static void await(Instance instance) {
        io.edgemc.placement.space.Replica.await(() -> hub.status("/spaces/aggressive" + path(instance)) == 404);
    }

    /** What is answered otherwise than before, in words. */
    private static List<String> differences(Instance stored) throws Exception {
        List<String> differences = new ArrayList<>();
        answers()
                .forEach((where, answers) -> answers.forEach((question, answer) -> {
                    String earlier = String.valueOf(before.get(where).get(question));
                    if (!answer.equals(earlier) && !(where.equals(SAME) && isOwn(stored, question))) {
                        differences.add(where + ", " + question + ": " + earlier + " became " + answer);
                    }
                }));
        return differences;
    }

    /** A CRD adds its kind to the discovery of its own space, and nothing else. */
    private static boolean isOwn(Instance stored, String question) {
        return stored.kind().kind().equals(CRD) && question.startsWith(Probe.DISCOVERY);
    }

    private static String path(Instance instance) {
        String namespace = instance.object().path("metadata").path("namespace").asString("");
        return namespace.isEmpty()
                ? instance.path()
                : instance.path().replace("/namespaces/default/", "/namespaces/" + namespace + "/");
    }
}
