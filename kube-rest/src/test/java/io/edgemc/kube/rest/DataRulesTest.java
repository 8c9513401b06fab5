package io.edgemc.kube.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.kube.testing.ViewServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ConfigMaps and Secrets that a server refuses, collections that are deleted. */
class DataRulesTest {
    private static final String BASE = "/api/v1/namespaces/default/";

    @TempDir
    static Path directory;

    private static ViewServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new ViewServer(directory);
        server.space("x");
        server.space("y");
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            configmaps | 'data':{'a/b':'c'}                            | data[a/b]: Invalid value
            configmaps | 'data':{'k':'v'},'binaryData':{'k':'AAA='}    | data[k]: Invalid value: \\"k\\": duplicate of key present in binaryData
            secrets    | 'type':'kubernetes.io/tls'                    | data[tls.crt]: Required value
            secrets    | 'type':'kubernetes.io/basic-auth'             | data[username]: Required value
            secrets    | 'type':'kubernetes.io/ssh-auth'               | data[ssh-privatekey]: Required value
            secrets    | 'type':'kubernetes.io/service-account-token'  | metadata.annotations[kubernetes.io/service-account.name]: Required value
            """)
    void refuses(String kind, String members, String message) {
        HttpResponse<String> answer = server.send(
                "POST", "x", BASE + kind, "{\"metadata\":{\"name\":\"a\"}," + members.replace('\'', '"') + "}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains(message);
    }

    @ParameterizedTest
    @CsvSource({"configmaps, dg==, 422", "configmaps, dw==, 422", "secrets, dg==, 422", "secrets, dw==, 422"})
    void whatIsImmutableStaysSo(String kind, String value, int code) {
        // Given
        String name = kind + value.charAt(1);
        String before = "{\"metadata\":{\"name\":\"" + name + "\"},\"immutable\":true,\"data\":{\"k\":\"dg==\"}}";
        server.send("POST", "x", BASE + kind, before);
        boolean other = !value.equals("dg==");

        // When
        String after = (other ? before : before.replace("true", "false")).replace("dg==", value);
        HttpResponse<String> answer = server.send("PUT", "x", BASE + kind + "/" + name, after);

        // Then
        assertThat(answer.statusCode()).isEqualTo(code);
        assertThat(answer.body())
                .contains((other ? "data" : "immutable") + ": Forbidden: field is immutable when `immutable` is set");
        assertThat(server.send("PUT", "x", BASE + kind + "/" + name, before).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aCollectionIsAnsweredWithWhatItWas() {
        // Given
        for (String name : new String[] {"a", "b", "c"}) {
            server.send("POST", "y", BASE + "configmaps", "{\"metadata\":{\"name\":\"" + name + "\"}}");
        }

        // When
        HttpResponse<String> answer = server.send("DELETE", "y", BASE + "configmaps?limit=2", "");

        // Then
        assertThat(answer.body()).contains("\"kind\":\"ConfigMapList\"", "\"name\":\"a\"", "\"name\":\"b\"");
        assertThat(server.send("GET", "y", BASE + "configmaps", "").body())
                .contains("\"name\":\"c\"")
                .doesNotContain("\"name\":\"b\"", "\"kind\":\"ConfigMap\"");
    }
}
