package io.edgemc.c2p.service;

import static io.edgemc.c2p.service.RunningService.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** What the service answers, in the short words in which tests compare it. */
final class Answers {
    private final RunningService service;

    Answers(RunningService service) {
        this.service = service;
    }

    String state(String summary, String column, String value) {
        return service.row(summary, column, value).path("state").asString("");
    }

    String split(String summary, String column, String value) {
        JsonNode clusters = service.row(summary, column, value).path("clusters");
        return clusters.path("compliant").asString("-") + "/"
                + clusters.path("nonCompliant").asString("-") + "/"
                + clusters.path("unknown").asString("-");
    }

    void awaitPolicy(String cluster, String policy, boolean placed) {
        eventually()
                .untilAsserted(() -> assertThat(service.get(
                                        "/c2p/clusters/" + cluster + "/apis/kyverno.io/v1/clusterpolicies/" + policy)
                                .path("kind")
                                .asString(""))
                        .isEqualTo(placed ? "ClusterPolicy" : "Status"));
    }

    void awaitState(String summary, String column, String value, String state) {
        eventually()
                .untilAsserted(() -> assertThat(state(summary, column, value)).isEqualTo(state));
    }

    List<String> names(String path) {
        return service.get(path)
                .path("items")
                .valueStream()
                .map(item -> item.at("/metadata/name").asString(""))
                .toList();
    }

    String version(String cluster) {
        return service.get(
                        "/c2p/clusters/" + cluster + "/apis/wgpolicyk8s.io/v1alpha2/namespaces/shop/policyreports/web")
                .at("/metadata/resourceVersion")
                .asString("");
    }
}
