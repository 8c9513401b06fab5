package io.edgemc.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.placement.RunningService.Answer;
import tools.jackson.databind.node.ObjectNode;

/** What tests of the whole service ask of it by HTTP; an answer that they do not expect fails them. */
final class PlacementClient {
    private final RunningService service;

    PlacementClient(RunningService service) {
        this.service = service;
    }

    String cluster(String name, String env) throws Exception {
        return create(
                        "/inventory/apis/edge-mc.io/v1alpha1/clusters",
                        "apiVersion: edge-mc.io/v1alpha1\nkind: Cluster\nmetadata: {name: " + name + ", labels: {env: "
                                + env + "}}\n")
                .body()
                .at("/metadata/uid")
                .asString();
    }

    void space(String name) throws Exception {
        create(
                "/system/apis/edge-mc.io/v1alpha1/spaces",
                "apiVersion: edge-mc.io/v1alpha1\nkind: Space\nmetadata: {name: " + name + "}\n");
    }

    /** A space with a page that is placed on the clusters of this environment. */
    void placedPage(String space, String env) throws Exception {
        space(space);
        create("/spaces/" + space + "/api/v1/namespaces/default/configmaps", configMap("page"));
        create("/spaces/" + space + "/apis/edge-mc.io/v1alpha1/edgeplacements", placement("everywhere", env, false));
    }

    static String configMap(String name) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + "}\ndata: {a: b}\n";
    }

    static String placement(String name, String env, boolean singleton) {
        return "apiVersion: edge-mc.io/v1alpha1\nkind: EdgePlacement\nmetadata: {name: " + name + "}\nspec:\n"
                + "  locationSelectors: [{matchLabels: {env: " + env + "}}]\n"
                + "  downsync: [{apiGroup: \"\", resources: [configmaps], namespaces: [default]}]\n"
                + "  wantSingletonReportedState: " + singleton + "\n";
    }

    Answer create(String path, String yaml) throws Exception {
        Answer answer = service.post(path, yaml);
        assertThat(answer.status()).as(answer.message()).isEqualTo(201);
        return answer;
    }

    ObjectNode get(String path) {
        try {
            Answer answer = service.get(path);
            assertThat(answer.status()).as(answer.message()).isEqualTo(200);
            return (ObjectNode) answer.body();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    int status(String path) {
        try {
            return service.get(path).status();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
