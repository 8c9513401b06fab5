package io.edgemc.cli.demo;

import io.edgemc.servers.kube.Kubectl;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An API server, or a view of the hub that looks like one, asked by kubectl. */
public final class Cluster {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String OWNED = "edge-mc.io/downsynced";

    private final String context;
    private final Kubectl kubectl;

    Cluster(String context, Kubectl kubectl) {
        this.context = context;
        this.kubectl = kubectl;
    }

    /** Runs kubectl in this context; fails loudly if it fails. */
    public String kubectl(String... arguments) {
        return kubectl.ok(withContext(arguments));
    }

    /** Runs kubectl in this context, whatever comes of it. */
    public Kubectl.Result tryKubectl(String... arguments) {
        return kubectl.run(withContext(arguments));
    }

    /** Applies manifests given as text. */
    public void apply(String manifests) {
        Kubectl.Result result = kubectl.runWithInput(manifests, withContext("apply", "-f", "-"));
        if (!result.succeeded()) {
            throw new IllegalStateException("kubectl apply in " + context + ": " + result.stderr());
        }
    }

    /** Whether the object is there. */
    public boolean has(String type, String namespace, String name) {
        return tryKubectl(get(type, namespace, name, "-o", "name")).succeeded();
    }

    /** A field of an object by JSONPath, {@code ""} if the object or the field is not there. */
    public String field(String type, String namespace, String name, String jsonPath) {
        Kubectl.Result result = tryKubectl(get(type, namespace, name, "-o", "jsonpath=" + jsonPath));
        return result.succeeded() ? result.stdout() : "";
    }

    /** All objects of the given types that edge-mc put here, each with its resourceVersion. */
    public SortedMap<String, String> owned(String... types) {
        SortedMap<String, String> versions = new TreeMap<>();
        for (String type : types) {
            Kubectl.Result result = tryKubectl("get", type, "--all-namespaces", "-o", "json");
            if (result.succeeded()) {
                addOwned(type, result.stdout(), versions);
            }
        }
        return versions;
    }

    /** Controllers copy annotations to children, so only the object's own id counts. */
    private static void addOwned(String type, String list, Map<String, String> versions) {
        for (JsonNode item : MAPPER.readTree(list).path("items")) {
            JsonNode metadata = item.path("metadata");
            String key = type + "/" + metadata.path("namespace").asString("") + "/"
                    + metadata.path("name").asString();
            if (metadata.path("annotations").path(OWNED).asString("").endsWith("/" + key)) {
                versions.put(key, metadata.path("resourceVersion").asString());
            }
        }
    }

    private static String[] get(String type, String namespace, String name, String... more) {
        String[] arguments = new String[(namespace.isEmpty() ? 3 : 5) + more.length];
        int at = 0;
        arguments[at++] = "get";
        arguments[at++] = type;
        arguments[at++] = name;
        if (!namespace.isEmpty()) {
            arguments[at++] = "--namespace";
            arguments[at++] = namespace;
        }
        System.arraycopy(more, 0, arguments, at, more.length);
        return arguments;
    }

    private String[] withContext(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "--context";
        all[1] = context;
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return all;
    }
}
