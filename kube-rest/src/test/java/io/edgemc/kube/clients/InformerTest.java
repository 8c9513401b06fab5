package io.edgemc.kube.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.kube.testing.Eventually;
import io.edgemc.kube.testing.ViewServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** fabric8's client and informers on a view below a path prefix. */
class InformerTest {
    @TempDir
    static Path directory;

    private static ViewServer server;
    private static KubernetesClient client;

    @BeforeAll
    static void start() throws Exception {
        server = new ViewServer(directory);
        server.space("x");
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withMasterUrl(server.address("x").toString())
                        .withNamespace("default")
                        .build())
                .build();
    }

    @AfterAll
    static void stop() throws Exception {
        client.close();
        server.close();
    }

    @Test
    void anInformerFollowsWhatClientsDo() throws Exception {
        client.configMaps().resource(map("before", "1")).create();
        try (SharedIndexInformer<ConfigMap> informer = client.configMaps().inform()) {
            Eventually.holds(() -> assertThat(informer.getStore().listKeys()).contains("default/before"));

            client.configMaps().resource(map("after", "1")).create();
            client.configMaps()
                    .withName("after")
                    .edit(map -> new ConfigMapBuilder(map).addToData("k", "2").build());
            client.configMaps().withName("before").delete();

            Eventually.holds(() -> assertThat(informer.getStore().list())
                    .singleElement()
                    .satisfies(map -> assertThat(map.getData()).containsEntry("k", "2")));
        }
        client.configMaps().withName("after").delete();
    }

    @Test
    void serverSideApplyAndGenericResourcesWork() {
        ConfigMap wanted = map("applied", "1");
        client.configMaps()
                .resource(wanted)
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager("tests")
                        .withForce(true)
                        .build());

        GenericKubernetesResource read = client.genericKubernetesResources("v1", "ConfigMap")
                .inNamespace("default")
                .withName("applied")
                .get();

        assertThat(read.getAdditionalProperties().get("data")).isEqualTo(Map.of("k", "1"));
        assertThat(read.getMetadata().getManagedFields())
                .singleElement()
                .satisfies(entry -> assertThat(entry.getManager()).isEqualTo("tests"));
    }

    private static ConfigMap map(String name, String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .addToData("k", value)
                .build();
    }
}
