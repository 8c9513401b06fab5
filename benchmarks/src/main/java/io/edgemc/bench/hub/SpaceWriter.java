package io.edgemc.bench.hub;

import io.edgemc.cli.CommandFailure;
import io.edgemc.cli.hub.HubApi;
import java.util.Locale;
import java.util.Random;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes ConfigMaps with structured content (many short keys) into a space, as platform tooling would: over HTTP, JSON. */
public final class SpaceWriter {
    private static final int CONFLICT = 409;

    private final HubApi api;
    private final String space;

    public SpaceWriter(HubApi api, String space) {
        this.api = api;
        this.space = space;
    }

    /** Makes the space and, in it, a namespace. */
    public void prepare(String namespace) {
        api.postOrFail(
                "/system/apis/edge-mc.io/v1alpha1/spaces",
                "{\"apiVersion\":\"edge-mc.io/v1alpha1\",\"kind\":\"Space\",\"metadata\":{\"name\":\"" + space
                        + "\"}}");
        api.postOrFail(
                "/spaces/" + space + "/api/v1/namespaces",
                "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"" + namespace + "\"}}");
    }

    /** Places the ConfigMaps of a namespace on clusters by a label. */
    public void place(String namespace, String label, String value) {
        api.postOrFail("/spaces/" + space + "/apis/edge-mc.io/v1alpha1/edgeplacements", """
                {"apiVersion":"edge-mc.io/v1alpha1","kind":"EdgePlacement","metadata":{"name":"bench-%1$s"},
                 "spec":{"locationSelectors":[{"matchLabels":{"%2$s":"%3$s"}}],
                         "downsync":[{"apiGroup":"","resources":["configmaps"],"namespaces":["%1$s"]},
                                     {"apiGroup":"apps","resources":["deployments"],"namespaces":["%1$s"]}]}}
                """.formatted(
                        namespace, label, value));
    }

    /** Creates a ConfigMap of about {@code bytes}; throws if the hub does not accept it. */
    public void create(String namespace, String name, int bytes) {
        api.postOrFail(configMaps(namespace), body(name, bytes, 0));
    }

    /**
     * Creates a ConfigMap of about {@code bytes} at a hub that may be away.
     *
     * @return whether it is there, by this attempt or one before that had no answer
     */
    public boolean isCreated(String namespace, String name, int bytes) {
        try {
            HubApi.Answer answer = api.post(configMaps(namespace), body(name, bytes, 0));
            return answer.succeeded() || answer.status() == CONFLICT;
        } catch (CommandFailure away) {
            return false;
        }
    }

    /** Replaces the content of a ConfigMap. */
    public void replace(String namespace, String name, int bytes, int salt) {
        HubApi.Answer answer = api.put(configMaps(namespace) + "/" + name, body(name, bytes, salt));
        if (!answer.succeeded()) {
            throw new IllegalStateException("PUT " + name + ": " + answer.status() + " " + HubApi.words(answer));
        }
    }

    /** A Deployment with one container. */
    public void createDeployment(String namespace, String name) {
        api.postOrFail(
                "/spaces/" + space + "/apis/apps/v1/namespaces/" + namespace + "/deployments", """
                {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"%1$s"},
                 "spec":{"replicas":1,"selector":{"matchLabels":{"app":"%1$s"}},
                         "template":{"metadata":{"labels":{"app":"%1$s"}},
                                     "spec":{"containers":[{"name":"main","image":"registry.example.com/app:1"}]}}}}
                """.formatted(name));
    }

    private String configMaps(String namespace) {
        return "/spaces/" + space + "/api/v1/namespaces/" + namespace + "/configmaps";
    }

    private static String body(String name, int bytes, int salt) {
        Random random = new Random(name.hashCode() + 31L * salt);
        ObjectNode object =
                JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
        object.putObject("metadata").put("name", name);
        ObjectNode data = object.putObject("data");
        for (int size = 120; size < bytes; size += 40) {
            data.put(
                    String.format(Locale.ROOT, "key-%04d", size / 40),
                    Long.toHexString(random.nextLong()) + Integer.toHexString(salt));
        }
        return object.toString();
    }
}
