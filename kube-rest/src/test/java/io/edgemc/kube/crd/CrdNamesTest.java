package io.edgemc.kube.crd;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.kube.testing.Eventually;
import io.edgemc.kube.testing.ViewServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** CRDs that share names in a group: the first has them; the other waits, and is not served. Reasons as of an API server 1.36. */
class CrdNamesTest {
    private static final String CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

    @TempDir
    static Path directory;

    private static ViewServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new ViewServer(directory);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static void define(String space, String plural, String names) {
        String crd = YAMLMapper.shared().readTree("""
                metadata: {name: %1$s.clash.test}
                spec:
                  group: clash.test
                  scope: Namespaced
                  names: {plural: %1$s, %2$s}
                  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
                """.formatted(plural, names)).toString();
        HttpResponse<String> answer = server.send("POST", space, CRDS, crd);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static JsonNode status(String space, String plural) {
        return JsonMapper.shared()
                .readTree(server.send("GET", space, CRDS + "/" + plural + ".clash.test", "")
                        .body())
                .path("status");
    }

    private static int served(String space, String plural) {
        return server.send("GET", space, "/apis/clash.test/v1/" + plural, "").statusCode();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bbs | kind: Bb, shortNames: [a1] | ShortNamesConflict | "a1" is already in use
            ccs | kind: Aa                   | ListKindConflict   | "AaList" is already in use
            dds | kind: Dd, singular: aas    | SingularConflict   | "aas" is already in use
            ees | kind: Ee, listKind: AaList | ListKindConflict   | "AaList" is already in use
            """)
    void theSecondWaits(String plural, String names, String reason, String message) {
        server.space(plural);
        define(plural, "aas", "kind: Aa, singular: aa, shortNames: [a1]");

        define(plural, plural, names);

        JsonNode accepted = status(plural, plural).path("conditions").path(0);
        JsonNode established = status(plural, plural).path("conditions").path(1);
        assertThat(accepted.path("status").asString("")).isEqualTo("False");
        assertThat(accepted.path("reason").asString("")).isEqualTo(reason);
        assertThat(accepted.path("message").asString("")).isEqualTo(message);
        assertThat(established.path("status").asString("")).isEqualTo("False");
        assertThat(established.path("reason").asString("")).isEqualTo("NotAccepted");
        assertThat(served(plural, plural)).isEqualTo(404);
        assertThat(served(plural, "aas")).isEqualTo(200);
    }

    @Test
    void namesThatComeFreeGoToTheOneThatWaits() throws Exception {
        server.space("free");
        define("free", "aas", "kind: Aa, shortNames: [a1]");
        define("free", "bbs", "kind: Bb, shortNames: [a1]");

        server.send("DELETE", "free", CRDS + "/aas.clash.test", "");

        Eventually.holds(() -> assertThat(served("free", "bbs")).isEqualTo(200));
        assertThat(status("free", "bbs").at("/acceptedNames/shortNames/0").asString(""))
                .isEqualTo("a1");
    }
}
