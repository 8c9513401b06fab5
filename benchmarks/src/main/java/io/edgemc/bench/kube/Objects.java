package io.edgemc.bench.kube;

import java.util.Locale;
import java.util.Random;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is written: the same at every server. */
final class Objects {
    private Objects() {}

    /** Structured content of about so many bytes: many short keys. */
    static String configMap(String name, int bytes) {
        Random random = new Random(name.hashCode());
        ObjectNode object =
                JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
        object.putObject("metadata").put("name", name);
        ObjectNode data = object.putObject("data");
        for (int size = 120; size < bytes; size += 35) {
            data.put(String.format(Locale.ROOT, "key-%05d", size / 35), Long.toHexString(random.nextLong()));
        }
        return object.toString();
    }

    /** A ConfigMap that says when it was sent, for {@link FanOut}. */
    static String sent(String name) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name
                + "\"},\"data\":{\"sent\":\"" + System.nanoTime() + "\"}}";
    }

    static String deployment(String name, int change) {
        return """
                {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"%1$s","labels":{"app":"%1$s"}},
                 "spec":{"replicas":3,"selector":{"matchLabels":{"app":"%1$s"}},
                  "template":{"metadata":{"labels":{"app":"%1$s"}},
                   "spec":{"containers":[
                    {"name":"main","image":"registry.example.com/app:%2$d","ports":[{"containerPort":8080,"name":"http"}],
                     "env":[{"name":"A","value":"a"},{"name":"B","value":"b"}],
                     "resources":{"requests":{"cpu":"100m","memory":"64Mi"},"limits":{"memory":"128Mi"}},
                     "readinessProbe":{"httpGet":{"path":"/ready","port":"http"}},
                     "volumeMounts":[{"name":"config","mountPath":"/etc/app"}]},
                    {"name":"side","image":"registry.example.com/side:1","args":["--verbose"]}],
                    "volumes":[{"name":"config","configMap":{"name":"app"}}]}}}}
                """.formatted(name, change);
    }

    static String pod(String name) {
        return """
                {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%1$s","labels":{"app":"web","tier":"front"}},
                 "spec":{"nodeName":"node-1","containers":[
                  {"name":"main","image":"registry.example.com/app:1","ports":[{"containerPort":8080}],
                   "env":[{"name":"A","value":"a"},{"name":"B","value":"b"}],
                   "resources":{"requests":{"cpu":"100m","memory":"64Mi"}}}]}}
                """.formatted(name);
    }
}
