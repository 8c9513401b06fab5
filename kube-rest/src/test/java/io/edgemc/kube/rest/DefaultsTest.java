package io.edgemc.kube.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.kube.testing.ViewServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a server fills in by its own knowledge; {@code kube-conformance} compares the whole with a real one. */
class DefaultsTest {
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
    private static final String PODS = "/api/v1/namespaces/default/pods";

    @TempDir
    static Path directory;

    private static ViewServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new ViewServer(directory);
        server.space("x");
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "nginx, Always",
        "nginx:latest, Always",
        "registry:5000/nginx, Always",
        "nginx:1.2, IfNotPresent",
        "registry:5000/nginx:1.2, IfNotPresent",
        "nginx@sha256:00, IfNotPresent"
    })
    void anImageThatMovesIsAlwaysPulled(String image, String policy) {
        JsonNode pod = created(PODS, "{'spec':{'containers':[{'name':'a','image':'" + image + "'}]}}");

        assertThat(pod.at("/spec/containers/0/imagePullPolicy").asString()).isEqualTo(policy);
        assertThat(pod.at("/spec/restartPolicy").asString()).isEqualTo("Always");
        assertThat(pod.at("/spec/enableServiceLinks").asBoolean()).isTrue();
        assertThat(pod.at("/status").toString()).isEqualTo("{\"phase\":\"Pending\",\"qosClass\":\"BestEffort\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                    | {\"type\":\"RollingUpdate\",\"rollingUpdate\":{\"maxUnavailable\":\"25%\",\"maxSurge\":\"25%\"}}",
                "{'rollingUpdate':{'maxSurge':1}}      | {\"type\":\"RollingUpdate\",\"rollingUpdate\":{\"maxSurge\":1,\"maxUnavailable\":\"25%\"}}",
                "{'type':'Recreate'}                   | {\"type\":\"Recreate\"}"
            },
            quoteCharacter = '`')
    void aDeploymentRollsUnlessItSaysOtherwise(String strategy, String expected) {
        JsonNode made = created(
                DEPLOYMENTS,
                "{'spec':{'strategy':" + strategy + ",'selector':{'matchLabels':{'a':'b'}},"
                        + "'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'a','image':'a'}]}}}}");

        assertThat(made.at("/spec/strategy")).isEqualTo(JsonMapper.shared().readTree(expected));
        assertThat(made.at("/spec/template/spec").has("enableServiceLinks")).isFalse();
    }

    @Test
    void whoAppliesOwnsWhatItSaysAndNoDefaults() {
        // When
        JsonNode made = JsonMapper.shared()
                .readTree(server.send(
                                "PATCH",
                                "x",
                                PODS + "/applied?fieldManager=m",
                                "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"applied\"},"
                                        + "\"spec\":{\"containers\":[{\"name\":\"a\",\"image\":\"a\"}]}}",
                                "Content-Type",
                                "application/apply-patch+yaml")
                        .body());

        // Then
        assertThat(made.at("/spec/dnsPolicy").asString()).isEqualTo("ClusterFirst");
        assertThat(made.at("/metadata/managedFields/0/fieldsV1").toString())
                .isEqualTo("{\"f:spec\":{\"f:containers\":{\"k:{\\\"name\\\":\\\"a\\\"}\":"
                        + "{\".\":{},\"f:image\":{},\"f:name\":{}}}}}");
    }

    @Test
    void aJobCountsPodsByItsUid() {
        JsonNode made = created(
                "/apis/batch/v1/namespaces/default/jobs",
                "{'spec':{'template':{'spec':{'restartPolicy':'Never','containers':[{'name':'a','image':'a'}]}}}}");

        String uid = made.at("/metadata/uid").asString();
        assertThat(made.at("/spec/selector/matchLabels/batch.kubernetes.io~1controller-uid")
                        .asString())
                .isEqualTo(uid);
        assertThat(made.at("/spec/template/metadata/labels/controller-uid").asString())
                .isEqualTo(uid);
        assertThat(made.at("/spec/completions").asInt()).isEqualTo(1);
    }

    @Test
    void aDryRunHasNoVersionAndStoresNothing() {
        JsonNode made = created("/api/v1/namespaces/default/secrets?dryRun=All", "{'stringData':{'k':'v'}}");

        assertThat(made.at("/metadata").has("resourceVersion")).isFalse();
        assertThat(made.at("/type").asString()).isEqualTo("Opaque");
        assertThat(server.send("GET", "x", "/api/v1/namespaces/default/secrets", "")
                        .body())
                .doesNotContain("\"data\"");
    }

    private static JsonNode created(String path, String body) {
        String named = body.replace('\'', '"').replaceFirst("\\{", "{\"metadata\":{\"generateName\":\"a-\"},");
        return JsonMapper.shared()
                .readTree(server.send("POST", "x", path, named).body());
    }
}
