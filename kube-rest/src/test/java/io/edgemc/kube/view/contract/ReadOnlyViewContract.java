package io.edgemc.kube.view.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What a view that cannot be written answers to the requests of {@code views/read-only.yaml}; each service that has one runs it. */
public abstract class ReadOnlyViewContract {
    /**
     * What is in the view.
     *
     * @param group path of a group and version, such as {@code /apis/apps/v1}
     * @param namespace where three or more objects are
     * @param name of one of them
     * @param label that all have, as a selector in a URL
     */
    public record Sample(String group, String resource, String kind, String namespace, String name, String label) {
        String objects() {
            return group + "/namespaces/" + namespace + "/" + resource;
        }

        private String full() {
            String[] parts = group.split("/");
            return parts[1].equals("api") ? resource : resource + "." + parts[2];
        }

        private String in(String text) {
            return text.replace("{objects}", objects())
                    .replace("{all}", group + "/" + resource)
                    .replace("{elsewhere}", group + "/namespaces/nobody-is-here/" + resource)
                    .replace("{full}", full())
                    .replace("{group}", group)
                    .replace("{resource}", resource)
                    .replace("{kind}", kind)
                    .replace("{name}", name)
                    .replace("{label}", label);
        }
    }

    /** The view's objects, once they are all there. */
    protected abstract Sample sample();

    /** A request below the view's prefix, as who may do everything, without method, body and content type. */
    protected abstract HttpRequest.Builder request(String path);

    protected abstract HttpResponse<String> send(HttpRequest.Builder request);

    /** One of the file. */
    public record Asked(JsonNode line) {
        private List<String> texts(String field) {
            return line.path(field).valueStream().map(JsonNode::asString).toList();
        }

        @Override
        public String toString() {
            return line.path("ask").asString() + " " + line.path("type").asString("")
                    + line.path("accept").asString("");
        }
    }

    static List<Asked> asked() {
        try (InputStream in = ReadOnlyViewContract.class.getResourceAsStream("/views/read-only.yaml")) {
            return YAMLMapper.shared()
                    .readTree(in)
                    .valueStream()
                    .map(Asked::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("asked")
    void answersAsARealServerDoes(Asked asked) {
        // Given
        Sample sample = sample();
        String ask = sample.in(asked.line().path("ask").asString());
        if (ask.contains("{version}")) {
            ask = ask.replace("{version}", version(sample));
        }
        String method = ask.substring(0, ask.indexOf(' '));
        String body = asked.line().path("body").asString("");
        HttpRequest.Builder request = request(ask.substring(ask.indexOf(' ') + 1))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Accept", asked.line().path("accept").asString("application/json"));
        if (!body.isEmpty()) {
            request.header("Content-Type", asked.line().path("type").asString("application/json"));
        }

        // When
        HttpResponse<String> answer = send(request);

        // Then
        JsonNode status = asked.line().path("status");
        assertThat(answer.statusCode())
                .as(answer.body())
                .isIn(
                        status.isArray()
                                ? status.valueStream().map(JsonNode::asInt).toList()
                                : List.of(status.asInt()));
        asked.texts("has").forEach(text -> assertThat(answer.body()).contains(sample.in(text)));
        asked.texts("hasNot").forEach(text -> assertThat(answer.body()).doesNotContain(sample.in(text)));
        if (asked.line().has("reason")) {
            JsonNode refusal = JsonMapper.shared().readTree(answer.body());
            assertThat(refusal.path("kind").asString()).isEqualTo("Status");
            assertThat(refusal.path("status").asString()).isEqualTo("Failure");
            assertThat(refusal.path("code").asInt()).isEqualTo(answer.statusCode());
            assertThat(refusal.path("reason").asString())
                    .isEqualTo(asked.line().path("reason").asString());
            if (asked.line().has("message")) {
                assertThat(refusal.path("message").asString())
                        .isEqualTo(sample.in(asked.line().path("message").asString()));
            }
        }
    }

    @Test
    void pagesOfOneAddUpToTheWholeList() {
        // Given
        Sample sample = sample();
        JsonNode whole = list(sample.objects());

        // When
        Set<String> paged = new HashSet<>();
        String next = "";
        int pages = 0;
        do {
            JsonNode page = list(sample.objects() + "?limit=1" + (next.isEmpty() ? "" : "&continue=" + next));
            page.path("items")
                    .forEach(item -> assertThat(
                                    paged.add(item.at("/metadata/name").asString()))
                            .isTrue());
            next = page.at("/metadata/continue").asString("");
            pages++;
        } while (!next.isEmpty());

        // Then
        assertThat(pages)
                .isGreaterThanOrEqualTo(3)
                .isEqualTo(whole.path("items").size());
        assertThat(paged)
                .isEqualTo(Set.copyOf(whole.path("items")
                        .valueStream()
                        .map(item -> item.at("/metadata/name").asString())
                        .toList()));
    }

    private String version(Sample sample) {
        return list(sample.objects()).at("/metadata/resourceVersion").asString();
    }

    private JsonNode list(String path) {
        return JsonMapper.shared().readTree(send(request(path).GET()).body());
    }
}
