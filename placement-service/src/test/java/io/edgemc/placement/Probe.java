package io.edgemc.placement;

import io.edgemc.kube.testing.Compared;
import io.edgemc.kube.testing.Instances;
import io.edgemc.kube.testing.Instances.Instance;
import io.edgemc.placement.RunningService.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Asks the same of a space, or of the hub, again and again: whoever changes an answer has an effect. */
final class Probe {
    private static final List<Instance> ORDINARY = Instances.of("/io/edgemc/placement/ordinary.yaml");
    /** Begins the questions that tell which kinds there are. */
    static final String DISCOVERY = "discovery ";

    /** Names a stand of the documents, which a CRD that came and went leaves changed. */
    private static final Pattern HASH = Pattern.compile("\\?hash=[0-9a-f]+");

    private final RunningService service;

    Probe(RunningService service) {
        this.service = service;
    }

    /** Answers by question, without uids, versions and times. */
    Map<String, String> ofSpace(String space) throws Exception {
        String base = "/spaces/" + space;
        Map<String, String> answers = new LinkedHashMap<>();
        discovery(base, answers);
        access(base, answers);
        for (Instance instance : ORDINARY) {
            life(base, instance, answers);
        }
        answers.put("get unserved kinds", text(service.get(base + "/apis/brand.example.com/v1/things")));
        return answers;
    }

    /** The same of the system and of the inventory. */
    Map<String, String> ofHub() throws Exception {
        Map<String, String> answers = new TreeMap<>();
        for (String base : List.of("/system", "/inventory")) {
            Map<String, String> of = new LinkedHashMap<>();
            discovery(base, of);
            access(base, of);
            of.forEach((question, answer) -> answers.put(base + " " + question, answer));
        }
        String grants = "/system/apis/edge-mc.io/v1alpha1/accessgrants";
        answers.put("create grant", text(service.post(grants, """
                apiVersion: edge-mc.io/v1alpha1
                kind: AccessGrant
                metadata: {name: probe}
                spec: {subjects: [{user: vic}], role: auditor}
                """)));
        answers.put("list grants", count(service.get(grants)));
        answers.put("delete grant", text(service.call("DELETE", grants + "/probe", null, "application/json")));
        answers.put("get space", text(service.get("/system/apis/edge-mc.io/v1alpha1/spaces/aggressive")));
        answers.put(
                "create cluster", text(service.post("/inventory/apis/edge-mc.io/v1alpha1/clusters?dryRun=All", """
                        apiVersion: edge-mc.io/v1alpha1
                        kind: Cluster
                        metadata: {name: probe}
                        """)));
        return answers;
    }

    private void discovery(String base, Map<String, String> answers) throws Exception {
        for (String path : List.of("/api", "/apis", "/version", "/openapi/v3")) {
            answers.put(DISCOVERY + path, plain(service.get(base + path)));
        }
        if (base.startsWith("/spaces/")) {
            for (String path : List.of("/api/v1", "/apis/apps/v1", "/apis/edge-mc.io/v1alpha1")) {
                answers.put(path, plain(service.get(base + path)));
            }
        }
    }

    private void access(String base, Map<String, String> answers) throws Exception {
        for (String verb : List.of("get", "delete", "impersonate", "*")) {
            String spec = "{\"resourceAttributes\":{\"verb\":\"" + verb
                    + "\",\"group\":\"\",\"resource\":\"secrets\",\"namespace\":\"default\"}}";
            answers.put("can-i " + verb, plain(review(base, "selfsubjectaccessreviews", spec)));
        }
        answers.put("can-i --list", plain(review(base, "selfsubjectrulesreviews", "{\"namespace\":\"default\"}")));
    }

    private Answer review(String base, String resource, String spec) throws Exception {
        String kind = resource.contains("access") ? "SelfSubjectAccessReview" : "SelfSubjectRulesReview";
        return service.call(
                "POST",
                base + "/apis/authorization.k8s.io/v1/" + resource,
                "{\"apiVersion\":\"authorization.k8s.io/v1\",\"kind\":\"" + kind + "\",\"spec\":" + spec + "}",
                "application/json");
    }

    private void life(String base, Instance instance, Map<String, String> answers) throws Exception {
        String resource = instance.kind().ref().resource();
        String path = base + instance.path();
        String json = "application/json";
        answers.put(
                "create " + resource,
                text(service.call(
                        "POST", base + instance.collection(), instance.object().toString(), json)));
        answers.put(
                "patch " + resource,
                text(service.call(
                        "PATCH", path, "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}", "application/merge-patch+json")));
        Answer read = service.get(path);
        answers.put("get " + resource, text(read));
        ObjectNode changed = ((ObjectNode) read.body()).deepCopy();
        changed.withObject("/metadata/annotations").put("c", "d");
        answers.put("update " + resource, text(service.call("PUT", path, changed.toString(), json)));
        Answer deleted = service.call("DELETE", path, null, json);
        answers.put("delete " + resource, Integer.toString(deleted.status()));
    }

    private static String text(Answer answer) {
        return Compared.text(answer.status(), answer.body());
    }

    private static String plain(Answer answer) {
        return answer.status() + " " + HASH.matcher(answer.body().toString()).replaceAll("");
    }

    private static String count(Answer answer) {
        return answer.status() + " " + answer.body().path("items").size();
    }
}
