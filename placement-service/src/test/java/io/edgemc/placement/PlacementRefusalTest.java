package io.edgemc.placement;

import static io.edgemc.placement.space.Replica.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.placement.RunningService.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the service refuses, or leaves undone, and how it says so. */
class PlacementRefusalTest extends WholeServiceTest {
    @Test
    void nobodyButTheHubTakesItsFinalizersOff() throws Exception {
        // Given
        hub.space("kept");
        hub.cluster("kept", "none");
        service.call("DELETE", "/inventory/apis/edge-mc.io/v1alpha1/clusters/kept", null, "application/json");

        for (String path : List.of(
                "/system/apis/edge-mc.io/v1alpha1/spaces/kept", "/inventory/apis/edge-mc.io/v1alpha1/clusters/kept")) {
            // When
            Answer patched =
                    service.call("PATCH", path, "{\"metadata\":{\"finalizers\":null}}", "application/merge-patch+json");

            // Then
            assertThat(patched.status()).as(patched.message()).isEqualTo(200);
            assertThat(hub.get(path).at("/metadata/finalizers").toString()).contains("edge-mc.io/");
        }
    }

    @Test
    void badInputIsRefusedWithTheFieldAndTheReason() throws Exception {
        hub.space("bad");
        String placements = "/spaces/bad/apis/edge-mc.io/v1alpha1/edgeplacements";
        String head = "apiVersion: edge-mc.io/v1alpha1\nkind: EdgePlacement\nmetadata: {name: p}\nspec:\n";

        refused(placements, head + "  downsync: [{}]\n", "spec.downsync[0]");
        refused(placements, head + "  wantMagic: true\n", "spec.wantMagic");
        refused(
                placements,
                head + "  locationSelectors: [{matchExpressions: [{key: a, operator: Maybe}]}]\n",
                "spec.locationSelectors[0]");
        refused(
                "/spaces/bad/apis/edge-mc.io/v1alpha1/namespaces/default/customizers",
                "apiVersion: edge-mc.io/v1alpha1\nkind: Customizer\nmetadata: {name: c}\nreplacements:\n"
                        + "- {path: \"$.spec[\", value: '1'}\n",
                "replacements[0].path");
        refused(
                "/inventory/apis/edge-mc.io/v1alpha1/clusters",
                "apiVersion: edge-mc.io/v1alpha1\nkind: Cluster\nmetadata: {name: c}\nspec: {colour: red}\n",
                "spec.colour");
        refused(
                "/system/apis/edge-mc.io/v1alpha1/accessgrants",
                "apiVersion: edge-mc.io/v1alpha1\nkind: AccessGrant\nmetadata: {name: g}\n"
                        + "spec: {subjects: [{user: ann}], role: king}\n",
                "spec.role");
        assertThat(service.anonymous("/system/apis/edge-mc.io/v1alpha1/spaces").status())
                .isEqualTo(401);
        assertThat(hub.status("/spaces/nowhere/api/v1/configmaps")).isEqualTo(404);
    }

    @Test
    void aKindThatNobodyDefinedIsRefusedByPostAndByApply() throws Exception {
        // Given
        hub.space("unknown-kinds");
        String gadgets = "/spaces/unknown-kinds/apis/example.com/v1/namespaces/default/gadgets";
        String gadget = "apiVersion: example.com/v1\nkind: Gadget\nmetadata: {name: g}\n";

        // When
        Answer posted = service.post(gadgets, gadget);
        Answer applied = service.call(
                "PATCH", gadgets + "/g?fieldManager=me&force=true", gadget, "application/apply-patch+yaml");
        Answer underAnotherKind = service.post("/spaces/unknown-kinds/api/v1/namespaces/default/configmaps", gadget);

        // Then
        assertThat(posted.status()).isEqualTo(404);
        assertThat(posted.message()).isEqualTo("404 page not found\n");
        assertThat(applied.status()).isEqualTo(404);
        assertThat(applied.message()).isEqualTo("404 page not found\n");
        assertThat(underAnotherKind.status()).isEqualTo(400);
        assertThat(underAnotherKind.message()).contains("Gadget");
    }

    @Test
    void whatCannotBeCustomizedStaysAtHomeAndThePlacementSaysWhy() throws Exception {
        // Given objects of which one asks for a customizer that is not there, and one for a path that ends nowhere
        String cluster = hub.cluster("cruzeiro", "custom");
        hub.space("custom");
        String configMaps = "/spaces/custom/api/v1/namespaces/default/configmaps";
        hub.create(configMaps, PlacementClient.configMap("plain"));
        hub.create(configMaps, customized("orphan", "nobody-made-it"));
        hub.create(configMaps, customized("astray", "to-nowhere"));
        hub.create(
                "/spaces/custom/apis/edge-mc.io/v1alpha1/namespaces/default/customizers",
                "apiVersion: edge-mc.io/v1alpha1\nkind: Customizer\nmetadata: {name: to-nowhere}\nreplacements:\n"
                        + "- {path: \"$.spec.containers[3].image\", value: '\"x\"'}\n");

        // When
        String placements = "/spaces/custom/apis/edge-mc.io/v1alpha1/edgeplacements";
        hub.create(placements, PlacementClient.placement("everything", "custom", false));

        // Then the placement names cluster, object, field and reason of both
        ObjectNode status = (ObjectNode) hub.get(placements + "/everything").path("status");
        assertThat(status.path("errorCount").asInt()).isEqualTo(2);
        assertThat(error(status, "orphan").path("cluster").asString()).isEqualTo("cruzeiro");
        assertThat(error(status, "orphan").path("field").asString()).contains("edge-mc.io/customizer");
        assertThat(error(status, "orphan").path("reason").asString())
                .contains("there is no customizer", "nobody-made-it");
        assertThat(error(status, "astray").path("field").asString()).contains("replacements[0]");
        assertThat(error(status, "astray").path("reason").asString()).contains("ends nowhere");
        assertThat(status.path("conditions").toString()).contains("RenderFailed");
        // And what can be sent is sent
        assertThat(executingCount(configMaps + "/plain")).isEqualTo("1");
        assertThat(executingCount(configMaps + "/orphan")).isNotEqualTo("1");
        long revision = bus.filledTarget(cluster).revision();

        // When the customizer comes
        hub.create(
                "/spaces/custom/apis/edge-mc.io/v1alpha1/namespaces/default/customizers",
                "apiVersion: edge-mc.io/v1alpha1\nkind: Customizer\nmetadata: {name: nobody-made-it}\nreplacements:\n"
                        + "- {path: \"$.data.a\", value: '\"c\"'}\n");

        // Then its object goes out, and only the other error is left
        assertThat(hub.get(placements + "/everything").at("/status/errorCount").asInt())
                .isEqualTo(1);
        await(() -> bus.target(cluster).orElseThrow().revision() > revision);
    }

    private static JsonNode error(ObjectNode status, String object) {
        for (JsonNode error : status.path("errors")) {
            if (error.path("object").asString().endsWith("/" + object)) {
                return error;
            }
        }
        throw new AssertionError("no error of " + object + " in " + status);
    }

    private static String executingCount(String path) {
        return hub.get(path)
                .at("/metadata/annotations/edge-mc.io~1executing-count")
                .asString("");
    }

    private static String customized(String name, String customizer) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + ", annotations: {edge-mc.io/customizer: "
                + customizer + "}}\ndata: {a: b}\n";
    }

    private static void refused(String path, String yaml, String field) throws Exception {
        Answer answer = service.post(path, yaml);
        assertThat(answer.status()).as(answer.message()).isEqualTo(422);
        assertThat(answer.message()).contains(field);
    }
}
