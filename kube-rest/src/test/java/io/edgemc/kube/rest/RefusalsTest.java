package io.edgemc.kube.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.kube.testing.ViewServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever is wrong with a request, the answer is a {@code Status} that says so, and nothing is stored. */
class RefusalsTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    @TempDir
    static Path directory;

    private static ViewServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new ViewServer(directory);
        server.space("x");
        server.send("POST", "x", MAPS, "{\"metadata\":{\"name\":\"there\"},\"data\":{\"k\":\"v\"}}");
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest(name = "{0} {1}: {3}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            GET    | /api/v1/nothings | - | 404 | NotFound | the server could not find the requested resource
            GET    | /apis/apps/v9/deployments | - | 404 | NotFound | the server could not find the requested resource
            GET    | /api/v1/namespaces/default/configmaps/none | - | 404 | NotFound | configmaps "none" not found
            GET    | /api/v1/namespaces/default/nodes | - | 404 | NotFound | the server could not find the requested resource
            GET    | /api/v1/namespaces/default/configmaps/there/log | - | 404 | NotFound | the server could not find the requested resource
            PUT    | /api/v1/namespaces/default/configmaps | {} | 405 | MethodNotAllowed | the server does not allow this method on the requested resource
            POST   | /api/v1/namespaces/default/configmaps/there | {} | 405 | MethodNotAllowed | the server does not allow this method on the requested resource
            OPTIONS | /api/v1/namespaces/default/configmaps/there | - | 405 | MethodNotAllowed | the server does not allow this method on the requested resource
            POST   | /api/v1/configmaps | {"metadata":{"name":"a"}} | 405 | MethodNotAllowed | the server does not allow this method on the requested resource
            GET    | /api/v1/configmaps?limit=x | - | 400 | BadRequest | strconv.ParseInt: parsing "x": invalid syntax
            GET    | /api/v1/configmaps?continue=zzz | - | 400 | BadRequest | invalid continue token: continue key is not valid: invalid character 'Ï' looking for beginning of value
            GET    | /api/v1/configmaps?labelSelector=a%20b | - | 400 | BadRequest | unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt
            GET    | /api/v1/configmaps?fieldSelector=data.k%3Dv | - | 400 | BadRequest | "data.k" is not a known field selector: only "metadata.name", "metadata.namespace"
            GET    | /api/v1/configmaps?resourceVersion=x | - | 400 | BadRequest | invalid resource version: resourceVersion: Invalid value: "x": strconv.ParseUint: parsing "x": invalid syntax
            GET    | /api/v1/configmaps?resourceVersionMatch=Exact | - | 422 | Invalid | ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided
            GET    | /api/v1/configmaps?sendInitialEvents=true | - | 422 | Invalid | ListOptions.meta.k8s.io "" is invalid: sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list
            GET    | /api/v1/configmaps?resourceVersion=999999999 | - | 504 | Timeout | *
            POST   | /api/v1/namespaces/default/configmaps | [] | 400 | BadRequest | *
            POST   | /api/v1/namespaces/default/configmaps | {"metadata":{"name":"a"} | 400 | BadRequest | *
            POST   | /api/v1/namespaces/default/configmaps?fieldValidation=Strict | {"metadata":{"name":"a","name":"b"}} | 400 | BadRequest | ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: duplicate field "metadata.name"
            POST   | /api/v1/namespaces/default/configmaps | {"metadata":{}} | 422 | Invalid | ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required
            POST   | /api/v1/namespaces/default/configmaps | {"metadata":{"name":"there"}} | 409 | AlreadyExists | configmaps "there" already exists
            POST   | /api/v1/namespaces/none/configmaps | {"metadata":{"name":"a"}} | 404 | NotFound | namespaces "none" not found
            POST   | /api/v1/namespaces/default/configmaps | {"kind":"Secret","metadata":{"name":"a"}} | 400 | BadRequest | *
            POST   | /api/v1/namespaces/default/configmaps | {"apiVersion":"v2","metadata":{"name":"a"}} | 400 | BadRequest | ConfigMap in version "v2" cannot be handled as a ConfigMap: no kind "ConfigMap" is registered for version "v2" in scheme "pkg/runtime/scheme.go:111"
            POST   | /api/v1/namespaces/default/configmaps | {"metadata":{"name":"a","namespace":"b"}} | 400 | BadRequest | the namespace of the provided object does not match the namespace sent on the request
            POST   | /api/v1/namespaces/default/configmaps | {"metadata":{"name":"a"},"data":{"k":1}} | 400 | BadRequest | ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field ConfigMap.data of type string
            POST   | /api/v1/namespaces/default/configmaps?fieldValidation=Strict | {"metadata":{"name":"a"},"foo":1} | 400 | BadRequest | ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "foo"
            POST   | /api/v1/namespaces/default/configmaps?dryRun=Some | {"metadata":{"name":"a"}} | 422 | Invalid | CreateOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["Some"]: supported values: "All"
            POST   | /apis/apps/v1/namespaces/default/deployments | {"metadata":{"name":"a"},"spec":{"template":{}}} | 422 | Invalid | Deployment.apps "a" is invalid: [spec.selector: Required value, spec.template.metadata.labels: Invalid value: null: `selector` does not match template `labels`, spec.template.spec.containers: Required value]
            PUT    | /api/v1/namespaces/default/configmaps/there | {"metadata":{"name":"other"}} | 400 | BadRequest | the name of the object (other) does not match the name on the URL (there)
            PUT    | /api/v1/namespaces/default/configmaps/there | {"metadata":{"name":"there","resourceVersion":"1"}} | 409 | Conflict | Operation cannot be fulfilled on configmaps "there": the object has been modified; please apply your changes to the latest version and try again
            PUT    | /api/v1/namespaces/default/configmaps/there | {"metadata":{"name":"there","uid":"x"}} | 409 | Conflict | *
            DELETE | /api/v1/namespaces/default/configmaps/there | {"preconditions":{"uid":"x"}} | 409 | Conflict | *
            DELETE | /api/v1/namespaces/default/configmaps/there | {"propagationPolicy":"All"} | 422 | Invalid | DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Unsupported value: "All": supported values: "Foreground", "Background", "Orphan", "nil"
            DELETE | /api/v1/namespaces/default/configmaps/there | {"kind":"ConfigMap","apiVersion":"v1"} | 400 | BadRequest | *
            DELETE | /api/v1/namespaces/default/configmaps/there?gracePeriodSeconds=x | - | 400 | BadRequest | *
            DELETE | /api/v1/namespaces | - | 405 | MethodNotAllowed | the server does not allow this method on the requested resource
            PUT    | /api/v1/namespaces/default/configmaps/there | {"metadata":{}} | 400 | BadRequest | *
            PATCH  | /api/v1/namespaces/default/configmaps/there | {} | 415 | UnsupportedMediaType | *
            """)
    void refuses(String method, String path, String body, int code, String reason, String message) {
        HttpResponse<String> answer = server.send(method, "x", path, body == null ? "" : body);

        JsonNode status = JsonMapper.shared().readTree(answer.body());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(code);
        assertThat(status.path("kind").asString("")).isEqualTo("Status");
        assertThat(status.path("status").asString("")).isEqualTo("Failure");
        assertThat(status.path("reason").asString("")).isEqualTo(reason);
        assertThat(status.path("code").asInt()).isEqualTo(code);
        if (!message.equals("*")) {
            assertThat(status.path("message").asString("")).isEqualTo(message);
        }
        assertThat(server.send("GET", "x", MAPS, "").body())
                .contains("\"there\"")
                .doesNotContain("\"name\":\"a\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/apis/no.such/v1/x", "/apis/no.such", "/nothing"})
    void belowNoApiTheAnswerIsNoStatus(String path) {
        HttpResponse<String> answer = server.send("GET", "x", path, "");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("404 page not found\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/namespaces/default/configmaps/..",
                "/api/v1/namespaces/default/configmaps/a%2Fb",
                "/api/v1/namespaces/default/configmaps/%2e%2e",
                "/api/v1//configmaps",
                "/api/v1/namespaces/default/configmaps/a%00",
                "/api/v1/namespaces/default/configmaps/a%5Cb",
                "/api/v1/namespaces/default/configmaps/%ff",
            })
    void refusesPathsThatSomeoneElseMightReadOtherwise(String path) throws IOException {
        // Not every client sends such a path as it is.
        String answer = raw("GET /spaces/x" + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400");
    }

    @Test
    void refusesMediaTypesThatItDoesNotSpeak() {
        assertThat(server.send("POST", "x", MAPS, "{}", "Content-Type", "application/foo")
                        .statusCode())
                .isEqualTo(415);
        assertThat(server.send("POST", "x", MAPS, "no", "Content-Type", "application/vnd.kubernetes.protobuf")
                        .statusCode())
                .isEqualTo(400);
        assertThat(server.send("GET", "x", MAPS, "", "Accept", "application/vnd.kubernetes.protobuf")
                        .statusCode())
                .isEqualTo(406);
        assertThat(server.send("GET", "x", MAPS, "", "Accept", "application/vnd.kubernetes.protobuf,application/json")
                        .statusCode())
                .as("clients that also take JSON get it")
                .isEqualTo(200);
    }

    @Test
    void refusesWhatIsTooLargeTooDeepOrBlownUp() throws Exception {
        String large = "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"" + "x".repeat(4 << 20) + "\"}}";
        assertThat(server.send("POST", "x", MAPS, large).statusCode()).isEqualTo(413);

        String deep = "{\"a\":".repeat(5000) + "1" + "}".repeat(5000);
        assertThat(server.send("POST", "x", MAPS, deep).statusCode()).isEqualTo(400);

        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bomb)) {
            zip.write(large.repeat(20).getBytes(StandardCharsets.UTF_8));
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.address("x") + MAPS))
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(bomb.toByteArray()))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(413);
        }
    }

    @Test
    void refusesYamlThatGrowsOrIsNoObject() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 9; i++) {
            laughs.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(10)));
        }
        for (String yaml : new String[] {laughs.toString(), "just text", "? [x]\n: y\n: z", "&a [*a]"}) {
            assertThat(server.send("POST", "x", MAPS, yaml, "Content-Type", "application/yaml")
                            .statusCode())
                    .as(yaml.lines().findFirst().orElse(""))
                    .isEqualTo(400);
        }
        assertThat(server.send("POST", "x", MAPS, "metadata: {name: yaml}", "Content-Type", "application/yaml")
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void anUnknownViewLooksLikeAPathThatDoesNotExist() {
        assertThat(server.send("GET", "none", "/api/v1/pods", "").body())
                .isEqualTo(server.send("GET", "x", "/api/v1/nothings", "").body());
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.address("x").getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
