package io.edgemc.kube.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.kube.testing.Eventually;
import io.edgemc.kube.testing.ViewServer;
import io.edgemc.servers.testing.RequiresLocalEdge;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** A space, used by the real kubectl as one uses a cluster. */
@RequiresLocalEdge
class KubectlTest {
    private static final String CONFIG_MAP = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: page, labels: {app: web}}
            data: {title: hello}
            """;
    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers:
                  - {name: one, image: "one:1", ports: [{containerPort: 80}]}
                  - {name: two, image: "two:1"}
            """;
    private static final String CRD = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: crontabs.stable.example.com}
            spec:
              group: stable.example.com
              scope: Namespaced
              names: {plural: crontabs, kind: CronTab, shortNames: [ct]}
              versions:
              - name: v1
                served: true
                storage: true
                schema:
                  openAPIV3Schema:
                    type: object
                    properties:
                      spec:
                        type: object
                        required: [cronSpec]
                        properties:
                          cronSpec: {type: string, pattern: '^\\S+ \\S+'}
                          replicas: {type: integer, default: 1, maximum: 10}
                additionalPrinterColumns:
                - {name: Spec, type: string, jsonPath: .spec.cronSpec}
                - {name: Replicas, type: integer, jsonPath: .spec.replicas}
            """;
    private static final String CRONTAB = """
            apiVersion: stable.example.com/v1
            kind: CronTab
            metadata: {name: mine}
            spec: {cronSpec: "* * * * */5"}
            """;

    @TempDir
    static Path directory;

    private static ViewServer server;
    private Kubectl kubectl;

    @BeforeAll
    static void start() throws Exception {
        server = new ViewServer(directory);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void space(TestInfo test) throws Exception {
        String name = test.getTestMethod().orElseThrow().getName().toLowerCase(java.util.Locale.ROOT);
        server.space(name);
        Path own = Files.createDirectories(directory.resolve(name));
        kubectl = new Kubectl(server.kubeconfig(name, own), own);
    }

    @Test
    void discovers() {
        assertThat(succeed("version").out()).contains("Server Version: v1.36.3");
        String kinds = succeed("api-resources").out();
        assertThat(kinds)
                .containsPattern("deployments +deploy +apps/v1 +true +Deployment")
                .containsPattern("configmaps +cm +v1 +true +ConfigMap")
                .containsPattern("apiservices +apiregistration.k8s.io/v1 +false +APIService");
        assertThat(succeed("api-resources", "--categories=all", "-o", "name").out())
                .contains("pods", "replicasets.apps")
                .doesNotContain("configmaps");
        assertThat(succeed("explain", "deployment.spec.replicas").out()).contains("FIELD: replicas <integer>");
        assertThat(succeed("auth", "can-i", "create", "pods").out()).contains("yes");
        assertThat(succeed("auth", "whoami").out()).contains("tester");
    }

    @Test
    void createsFromArgumentsAndFromFiles() {
        succeed("create", "configmap", "a", "--from-literal=k=v");
        succeed("create", "secret", "generic", "s", "--from-literal=k=v");
        succeed("create", "deployment", "d", "--image=i", "--replicas=0");
        succeed("expose", "deployment", "d", "--port=80");
        succeed("run", "p", "--image=i");
        feed(CONFIG_MAP, "create", "-f", "-");

        assertThat(succeed("get", "configmap", "a", "-o", "jsonpath={.data.k}").out())
                .isEqualTo("v");
        assertThat(succeed("get", "secret", "s", "-o", "jsonpath={.data.k}").out())
                .isEqualTo("dg==");
        assertThat(succeed("get", "deploy", "d", "-o", "jsonpath={.spec.replicas}")
                        .out())
                .isEqualTo("0");
        assertThat(succeed("get", "deploy").out()).containsPattern("d +0/0 +0 +0 +");
        assertThat(succeed("get", "svc").out()).containsPattern("d +ClusterIP +<none> +<none> +80/TCP");
        assertThat(kubectl.feed(CONFIG_MAP, "create", "-f", "-").err())
                .contains(
                        "Error from server (AlreadyExists): error when creating \"STDIN\": configmaps \"page\" already exists");
    }

    @Test
    void gets() {
        feed(CONFIG_MAP, "create", "-f", "-");
        feed(CONFIG_MAP.replace("page", "other").replace("app: web", "app: db"), "create", "-f", "-");

        assertThat(succeed("get", "cm").out())
                .containsPattern("(?m)^NAME +DATA +AGE$")
                .containsPattern("page +1 +");
        assertThat(succeed("get", "cm", "-l", "app in (web),!x", "-o", "name").out())
                .isEqualTo("configmap/page\n");
        assertThat(succeed("get", "cm", "--field-selector", "metadata.name!=page", "-o", "name")
                        .out())
                .isEqualTo("configmap/other\n");
        assertThat(succeed("get", "cm", "--chunk-size=1", "-o", "name").out())
                .isEqualTo("configmap/other\nconfigmap/page\n");
        assertThat(succeed("get", "cm", "page", "-o", "yaml").out()).contains("title: hello", "resourceVersion:");
        assertThat(kubectl.run("get", "cm", "none").err())
                .isEqualTo("Error from server (NotFound): configmaps \"none\" not found\n");
        assertThat(kubectl.run("get", "cm", "-l", "a b").err()).contains("BadRequest");
        assertThat(kubectl.run("get", "cm", "--field-selector", "data.title=x").err())
                .contains("is not a known field selector");
        assertThat(kubectl.run("get", "nothing").err()).contains("the server doesn't have a resource type \"nothing\"");
        assertThat(succeed("describe", "cm", "page").out()).contains("hello");
    }

    @Test
    void watches() throws Exception {
        Path output = directory.resolve("watched");
        Process watch = kubectl.start(output, "get", "cm", "-w", "-o", "jsonpath={.metadata.name}={.data.title} ");
        try {
            feed(CONFIG_MAP, "create", "-f", "-");
            Eventually.holds(() -> assertThat(output).content().contains("page=hello"));
            succeed("patch", "cm", "page", "-p", "{\"data\":{\"title\":\"bye\"}}");
            Eventually.holds(() -> assertThat(output).content().contains("page=bye"));
        } finally {
            watch.destroy();
        }
        Path table = directory.resolve("watched-table");
        Process tables = kubectl.start(table, "get", "cm", "-w");
        try {
            Eventually.holds(() -> assertThat(table).content().contains("page"));
            feed(CONFIG_MAP.replace("page", "late"), "create", "-f", "-");
            Eventually.holds(() -> assertThat(table).content().contains("late"));
            assertThat(Files.readString(table)).containsOnlyOnce("NAME");
        } finally {
            tables.destroy();
        }
    }

    @Test
    void appliesFromTheClient() {
        assertThat(feed(DEPLOYMENT, "apply", "-f", "-").out()).contains("created");
        assertThat(feed(DEPLOYMENT, "apply", "-f", "-").out()).contains("unchanged");
        String edited = DEPLOYMENT.replace("two:1", "two:2").replace("replicas: 2", "replicas: 3");
        assertThat(kubectl.feed(edited, "diff", "-f", "-").out()).contains("+      - image: two:2");
        assertThat(feed(edited, "apply", "-f", "-").out()).contains("configured");

        assertThat(succeed("get", "deploy", "web", "-o", "jsonpath={.spec.template.spec.containers[*].image}")
                        .out())
                .isEqualTo("one:1 two:2");
        assertThat(succeed("get", "deploy", "web", "-o", "jsonpath={.metadata.generation}")
                        .out())
                .isEqualTo("2");
        String without =
                edited.lines().filter(line -> !line.contains("name: two")).reduce("", (all, line) -> all + line + "\n");
        feed(without, "apply", "-f", "-");
        assertThat(succeed("get", "deploy", "web", "-o", "jsonpath={.spec.template.spec.containers[*].name}")
                        .out())
                .isEqualTo("one");
        assertThat(kubectl.feed(DEPLOYMENT.replace("replicas", "replicaz"), "apply", "-f", "-")
                        .err())
                .contains("strict decoding error: unknown field \"spec.replicaz\"");
    }

    @Test
    void appliesAtTheServer() {
        assertThat(feed(CONFIG_MAP, "apply", "--server-side", "--field-manager=one", "-f", "-")
                        .out())
                .contains("serverside-applied");
        String other = CONFIG_MAP.replace("hello", "bye").replace(", labels: {app: web}", "");
        Kubectl.Result conflict = kubectl.feed(other, "apply", "--server-side", "--field-manager=two", "-f", "-");
        assertThat(conflict.code()).isEqualTo(1);
        assertThat(conflict.err())
                .startsWith("error: Apply failed with 1 conflict: conflict with \"one\": .data.title");
        feed(other, "apply", "--server-side", "--field-manager=two", "--force-conflicts", "-f", "-");
        assertThat(succeed("get", "cm", "page", "-o", "jsonpath={.data.title}").out())
                .isEqualTo("bye");

        String version = version("cm", "page");
        feed(other, "apply", "--server-side", "--field-manager=two", "-f", "-");
        assertThat(version("cm", "page"))
                .as("an unchanged apply writes nothing")
                .isEqualTo(version);

        String dropped = CONFIG_MAP.replace("data: {title: hello}", "");
        feed(dropped, "apply", "--server-side", "--field-manager=one", "-f", "-");
        assertThat(succeed("get", "cm", "page", "-o", "jsonpath={.data.title}").out())
                .as("who lost a field does not take it away")
                .isEqualTo("bye");
        feed(dropped.replace(", labels: {app: web}", ""), "apply", "--server-side", "--field-manager=one", "-f", "-");
        assertThat(succeed("get", "cm", "page", "-o", "jsonpath={.metadata.labels}")
                        .out())
                .as("the last owner of a label takes it along")
                .isEmpty();
        assertThat(succeed("get", "cm", "page", "-o", "yaml", "--show-managed-fields")
                        .out())
                .contains("manager: two", "f:title: {}");
    }

    @Test
    void movesFromClientSideToServerSideApply() {
        feed(DEPLOYMENT, "apply", "-f", "-");
        feed(DEPLOYMENT.replace("one:1", "one:2"), "apply", "--server-side", "-f", "-");

        assertThat(succeed("get", "deploy", "web", "-o", "jsonpath={.spec.template.spec.containers[*].image}")
                        .out())
                .isEqualTo("one:2 two:1");
    }

    @Test
    void patchesLabelsAnnotatesAndEdits() {
        feed(DEPLOYMENT, "create", "-f", "-");
        succeed("label", "deploy", "web", "tier=front");
        succeed("annotate", "deploy", "web", "note=x");
        succeed("patch", "deploy", "web", "-p", """
                {"spec":{"template":{"spec":{"containers":[{"name":"two","image":"two:9"}]}}}}""");
        succeed("patch", "deploy", "web", "--type=json", "-p", """
                [{"op":"replace","path":"/spec/replicas","value":5}]""");
        succeed("patch", "deploy", "web", "--type=merge", "-p", "{\"metadata\":{\"annotations\":{\"note\":null}}}");
        Kubectl.Result edit =
                kubectl.runWith(Map.of("KUBE_EDITOR", "sed -i s/one:1/one:7/"), "", "edit", "deploy", "web");

        assertThat(edit.code()).as(edit.all()).isZero();
        assertThat(succeed(
                                "get",
                                "deploy",
                                "web",
                                "-o",
                                "jsonpath={.metadata.labels.tier} {.metadata.annotations} {.spec.replicas}"
                                        + " {.spec.template.spec.containers[*].image}")
                        .out())
                .isEqualTo("front  5 one:7 two:9");
        assertThat(succeed("label", "deploy", "web", "tier=front").out()).contains("not labeled");
        assertThat(kubectl.run("patch", "deploy", "web", "--type=json", "-p", """
                        [{"op":"test","path":"/spec/replicas","value":1}]""")
                        .code())
                .isEqualTo(1);
        assertThat(kubectl.run("label", "deploy", "web", "tier=not ok").code()).isEqualTo(1);
    }

    @Test
    void deletes() {
        feed(CONFIG_MAP, "create", "-f", "-");
        succeed("patch", "cm", "page", "--type=merge", "-p", "{\"metadata\":{\"finalizers\":[\"example.com/hold\"]}}");
        succeed("delete", "cm", "page", "--wait=false");
        assertThat(succeed("get", "cm", "page", "-o", "jsonpath={.metadata.deletionTimestamp}")
                        .out())
                .isNotEmpty();
        succeed("patch", "cm", "page", "--type=merge", "-p", "{\"metadata\":{\"finalizers\":null}}");
        succeed("wait", "--for=delete", "cm/page", "--timeout=20s");

        feed(CONFIG_MAP, "create", "-f", "-");
        succeed("delete", "cm", "--all");
        assertThat(succeed("get", "cm").err()).contains("No resources found");
    }

    @Test
    void servesTheKindsOfItsCrds() {
        feed(CRD, "apply", "-f", "-");
        succeed("wait", "--for=condition=Established", "crd/crontabs.stable.example.com", "--timeout=20s");
        feed(CRONTAB, "apply", "-f", "-");

        assertThat(succeed("get", "ct").out()).containsPattern("mine +\\* \\* \\* \\* \\*/5 +1");
        assertThat(kubectl.feed(CRONTAB.replace("* * * * */5", "never"), "apply", "-f", "-")
                        .err())
                .contains("spec.cronSpec in body should match");
        assertThat(kubectl.run("patch", "ct", "mine", "--type=merge", "-p", "{\"spec\":{\"replicas\":11}}")
                        .err())
                .contains("spec.replicas in body should be less than or equal to 10");
        assertThat(kubectl.feed(CRONTAB.replace("cronSpec:", "x: 1, cronSpec:"), "apply", "-f", "-")
                        .err())
                .contains("unknown field \"spec.x\"");
        feed(
                CRONTAB.replace("{cronSpec", "{replicas: 3, cronSpec"),
                "apply",
                "--server-side",
                "--force-conflicts",
                "-f",
                "-");
        assertThat(succeed("get", "ct", "mine", "-o", "jsonpath={.spec.replicas}")
                        .out())
                .isEqualTo("3");

        server.space("neighbour");
        assertThat(server.send("GET", "neighbour", "/apis/stable.example.com/v1/crontabs", "")
                        .statusCode())
                .as("a kind is served only where its CRD is")
                .isEqualTo(404);
        succeed("delete", "crd", "crontabs.stable.example.com");
        assertThat(kubectl.run("get", "ct").code()).isEqualTo(1);
        feed(CRD, "apply", "-f", "-");
        assertThat(succeed("get", "ct").err()).contains("No resources found");
    }

    @Test
    void aNamespaceTakesItsContentAlong() {
        succeed("create", "namespace", "shop");
        feed(CONFIG_MAP, "apply", "-n", "shop", "-f", "-");
        feed(DEPLOYMENT, "apply", "-n", "shop", "-f", "-");
        assertThat(succeed("get", "ns", "shop", "-o", "jsonpath={.status.phase} {.metadata.labels}")
                        .out())
                .isEqualTo("Active {\"kubernetes.io/metadata.name\":\"shop\"}");

        succeed("delete", "namespace", "shop", "--timeout=30s");

        assertThat(kubectl.run("get", "ns", "shop").err()).contains("namespaces \"shop\" not found");
        assertThat(succeed("get", "cm,deploy", "-A").err()).contains("No resources found");
        assertThat(kubectl.feed(CONFIG_MAP, "create", "-n", "shop", "-f", "-").err())
                .contains("namespaces \"shop\" not found");
    }

    private String version(String kind, String name) {
        return succeed("get", kind, name, "-o", "jsonpath={.metadata.resourceVersion}")
                .out();
    }

    private Kubectl.Result succeed(String... arguments) {
        return feed("", arguments);
    }

    private Kubectl.Result feed(String input, String... arguments) {
        Kubectl.Result result = kubectl.feed(input, arguments);
        assertThat(result.code())
                .as(String.join(" ", arguments) + ": " + result.all())
                .isZero();
        return result;
    }
}
