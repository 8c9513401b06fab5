package io.edgemc.kube.clients;

import io.edgemc.kube.conformance.Normal;
import io.edgemc.kube.conformance.Side;
import io.edgemc.kube.testing.Eventually;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.json.JsonMapper;

/** fabric8's client on one side, in a namespace of its own, and what is seen with it. */
final class Fabric8 implements AutoCloseable {
    private final KubernetesClient client;
    private final String namespace;
    private final Normal normal;
    private final StringBuilder said = new StringBuilder();

    Fabric8(Side side, String namespace) {
        this.namespace = namespace;
        this.normal = new Normal(side.address(), namespace);
        this.client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.fromKubeconfig(side.kubeconfig(namespace)))
                        .withClientKeyAlgo("EC")
                        .build())
                .build();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
    }

    KubernetesClient client() {
        return client;
    }

    String namespace() {
        return namespace;
    }

    void say(String what, Object value) {
        said.append(what).append(": ").append(value).append('\n');
    }

    /** An object without who owns its fields. */
    void show(String what, HasMetadata object) {
        say(what, normal.json(JsonMapper.shared().readTree(Serialization.asJson(object)), false));
    }

    void refused(String what, Runnable call) {
        try {
            call.run();
            say(what, "was not refused");
        } catch (KubernetesClientException e) {
            say(
                    what,
                    e.getCode() + " "
                            + (e.getStatus() == null
                                    ? "no status"
                                    : e.getStatus().getReason() + " "
                                            + e.getStatus().getMessage()));
        }
    }

    /** Waits for that many lines and says them, in their order. */
    void sayOnce(String what, CopyOnWriteArrayList<String> lines, int count) {
        until(() -> lines.size() >= count);
        say(what, lines);
        lines.clear();
    }

    static void until(BooleanSupplier holds) {
        try {
            Eventually.holds(() -> {
                if (!holds.getAsBoolean()) {
                    throw new AssertionError("in vain waited");
                }
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    ConfigMap map(String name, String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withData(Map.of("k", value))
                .build();
    }

    Deployment deployment(String name, int replicas) {
        Map<String, String> labels = Map.of("app", name);
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .withMatchLabels(labels)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("a")
                .withImage("a:1")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    String transcript() {
        return normal.text(said.toString());
    }

    @Override
    public void close() {
        client.close();
    }
}
