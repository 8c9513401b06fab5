package io.edgemc.kube.fuzz;

import java.util.List;

/** Valid things to begin with, and pieces that have hurt someone before. */
final class Seeds {
    static final String NAMESPACE = "/api/v1/namespaces/default";
    static final String WIDGETS = "/apis/fuzz.example.com/v1/namespaces/default/widgets";

    /** A collection, and a valid object of it named {@code NAME}. */
    record Kind(String collection, String object) {}

    static final String WIDGET_CRD = """
            {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
            "metadata":{"name":"widgets.fuzz.example.com"},"spec":{"group":"fuzz.example.com","scope":"Namespaced",
            "names":{"plural":"widgets","kind":"Widget"},"versions":[{"name":"v1","served":true,"storage":true,
            "subresources":{"status":{},"scale":{"specReplicasPath":".spec.replicas","statusReplicasPath":".status.replicas"}},
            "selectableFields":[{"jsonPath":".spec.color"}],
            "schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object","properties":{
            "replicas":{"type":"integer","minimum":0,"maximum":9},"color":{"type":"string","pattern":"^(a+)+$"},
            "size":{"type":"number","multipleOf":0.5},"when":{"type":"string","format":"date-time"},
            "list":{"type":"array","maxItems":10,"items":{"type":"string","maxLength":20},
            "x-kubernetes-validations":[{"rule":"self.all(x, x.size() < 15)"}]},
            "keyed":{"type":"array","maxItems":20,"x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["n"],
            "items":{"type":"object","required":["n"],"properties":{"n":{"type":"string"},"v":{"type":"integer"}}}},
            "set":{"type":"array","x-kubernetes-list-type":"set","items":{"type":"string"}},
            "open":{"type":"object","x-kubernetes-preserve-unknown-fields":true},
            "either":{"x-kubernetes-int-or-string":true}}},
            "status":{"type":"object","properties":{"replicas":{"type":"integer"}}}}}}}]}}""";

    static final List<Kind> KINDS = List.of(
            new Kind(NAMESPACE + "/configmaps", """
                    {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"NAME","labels":{"a":"b"},
                    "annotations":{"c":"d"},"finalizers":["example.com/f"]},"data":{"k":"v"},"binaryData":{"b":"eA=="}}"""),
            new Kind(NAMESPACE + "/services", """
                    {"apiVersion":"v1","kind":"Service","metadata":{"name":"NAME"},"spec":{"selector":{"a":"b"},
                    "ports":[{"name":"p","port":80,"targetPort":"http"},{"name":"q","port":443,"protocol":"UDP"}]}}"""),
            new Kind("/apis/apps/v1/namespaces/default/deployments", """
                    {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"NAME"},"spec":{"replicas":2,
                    "selector":{"matchLabels":{"app":"x"},"matchExpressions":[{"key":"app","operator":"Exists"}]},
                    "strategy":{"rollingUpdate":{"maxSurge":"25%"}},"template":{"metadata":{"labels":{"app":"x"}},
                    "spec":{"tolerations":[{"key":"k","operator":"Exists"}],"nodeSelector":{"d":"e"},
                    "volumes":[{"name":"v","configMap":{"name":"m"}}],"containers":[{"name":"c","image":"i",
                    "ports":[{"containerPort":80}],"env":[{"name":"X","value":"1"}],"resources":{"limits":{"cpu":"1500m"}},
                    "volumeMounts":[{"name":"v","mountPath":"/d"}],"livenessProbe":{"httpGet":{"port":80}}}]}}}}"""),
            new Kind("/apis/batch/v1/namespaces/default/cronjobs", """
                    {"apiVersion":"batch/v1","kind":"CronJob","metadata":{"name":"NAME"},"spec":{"schedule":"*/5 * * * *",
                    "timeZone":"Europe/Berlin","jobTemplate":{"spec":{"template":{"spec":{"restartPolicy":"Never",
                    "containers":[{"name":"c","image":"i"}]}}}}}}"""),
            new Kind("/apis/networking.k8s.io/v1/namespaces/default/ingresses", """
                    {"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"NAME"},"spec":{"rules":[{
                    "host":"a.example.com","http":{"paths":[{"path":"/","pathType":"Prefix","backend":{"service":{
                    "name":"s","port":{"number":80}}}}]}}]}}"""),
            new Kind(WIDGETS, """
                    {"apiVersion":"fuzz.example.com/v1","kind":"Widget","metadata":{"name":"NAME"},"spec":{"replicas":1,
                    "color":"aaa","size":1.5,"when":"2026-01-01T00:00:00Z","list":["a","b"],"keyed":[{"n":"a","v":1}],
                    "set":["x"],"open":{"a":{"b":[1]}},"either":"1"},"status":{"replicas":1}}"""),
            new Kind("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", """
                    {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
                    "metadata":{"name":"NAMEs.fuzzed.example.com"},"spec":{"group":"fuzzed.example.com","scope":"Cluster",
                    "names":{"plural":"NAMEs","kind":"KIND","shortNames":["SHORT"]},"versions":[{"name":"v1","served":true,
                    "storage":true,"additionalPrinterColumns":[{"name":"A","type":"string","jsonPath":".spec.a"}],
                    "schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object","properties":{
                    "a":{"type":"string","pattern":"^a*$","maxLength":10,"default":"aa"},"b":{"type":"array","maxItems":5,
                    "items":{"type":"integer","minimum":1}},"c":{"anyOf":[{"type":"integer"},{"type":"string"}],
                    "x-kubernetes-int-or-string":true}},"x-kubernetes-validations":[{"rule":"self.a.size() < 20",
                    "message":"m"}]}}}}}]}}"""));

    /** JSON texts of values that are no good in most places. */
    static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "1e400",
            "-1e999999",
            "9223372036854775808",
            "4".repeat(90),
            "9".repeat(400),
            "1e-400",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\udc00x\"",
            "\"\u202e\"",
            "\"\\r\\nX: y\"",
            "\"../..\"",
            "\"a/b/c\"",
            "\"%00\"",
            "\"" + "x".repeat(300) + "\"",
            "\"(a+)+$\"",
            "\"[\"",
            "\"$ref\"",
            "\"1e999999999\"",
            "\"999999999999999999999E\"",
            "\"2026-13-45T99:99:99Z\"",
            "\"9999999h\"",
            "[]",
            "{}",
            "[[]]",
            "[null]",
            "{\"\":\"\"}",
            "{\"$patch\":\"delete\"}",
            "{\"$patch\":\"replace\"}",
            "{\"$retainKeys\":[1]}",
            "[{\"$patch\":\"merge\"}]",
            "{\"a\":1,\"a\":2}",
            "[".repeat(130) + "]".repeat(130),
            "{\"k\":".repeat(60) + "1" + "}".repeat(60),
            "NaN",
            "Infinity",
            "01",
            "+1",
            "'x'",
            "undefined",
            "//x",
            "");

    /** Member names with a meaning somewhere. */
    static final List<String> NAMES = List.of(
            "metadata",
            "name",
            "namespace",
            "uid",
            "resourceVersion",
            "managedFields",
            "finalizers",
            "ownerReferences",
            "deletionTimestamp",
            "generateName",
            "labels",
            "annotations",
            "$patch",
            "$setElementOrder/ports",
            "$deleteFromPrimitiveList/finalizers",
            "$retainKeys",
            "x-kubernetes-list-type",
            "$ref",
            "default",
            "pattern",
            "not",
            "allOf",
            "items",
            "additionalProperties",
            "properties",
            "enum",
            "x-kubernetes-validations",
            "rule",
            "",
            ".",
            "a.b",
            "\\u0000",
            "constructor",
            "__proto__");

    private Seeds() {}
}
