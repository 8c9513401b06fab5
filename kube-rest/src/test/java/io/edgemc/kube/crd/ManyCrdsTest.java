package io.edgemc.kube.crd;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.kube.api.KubeAnswer;
import io.edgemc.kube.api.KubeRequest;
import io.edgemc.kube.facts.BuiltInKinds;
import io.edgemc.kube.kind.KindCatalog;
import io.edgemc.kube.store.Actor;
import io.edgemc.kube.store.memory.MemoryStore;
import io.edgemc.kube.view.KubeView;
import io.edgemc.kube.view.ViewSettings;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A space with a great many kinds of its own goes on working. */
@Tag("slow")
class ManyCrdsTest {
    private static final int CRDS = 10_000;
    private static final Actor ANN = new Actor("ann", Set.of(), "request", "");

    private final KubeView view =
            new KubeView(ViewSettings.of(new MemoryStore(), new KindCatalog(BuiltInKinds.all(), List::of, true)));

    @Test
    void tenThousandKindsAreDefinedFoundAndForgotten() throws Exception {
        for (int i = 0; i < CRDS; i++) {
            KubeAnswer made = ask("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", crd(i));
            assertThat(made.status()).isEqualTo(201);
        }
        String last = "/apis/g" + (CRDS - 1) % 100 + ".example.com/v1/kind" + (CRDS - 1) + "s";
        assertThat(ask("POST", last, "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"size\":3}}")
                        .status())
                .isEqualTo(201);
        assertThat(ask("POST", last, "{\"metadata\":{\"name\":\"b\"},\"spec\":{\"size\":\"x\"}}")
                        .status())
                .isEqualTo(422);
        assertThat(body(ask("GET", "/apis/g7.example.com/v1", "")).path("resources"))
                .hasSize(CRDS / 100);

        String first = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/kind0s.g0.example.com";
        assertThat(ask("DELETE", first, "").status()).isEqualTo(200);
        io.edgemc.kube.testing.Eventually.holds(() -> assertThat(
                        ask("GET", "/apis/g0.example.com/v1/kind0s", "").status())
                .isEqualTo(404));
    }

    private static String crd(int i) {
        String group = "g" + i % 100 + ".example.com";
        return """
                {"metadata":{"name":"kind%1$ds.%2$s"},
                 "spec":{"group":"%2$s","scope":"Cluster","names":{"plural":"kind%1$ds","singular":"kind%1$d","kind":"Kind%1$d"},
                  "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object",
                   "properties":{"spec":{"type":"object","properties":{"size":{"type":"integer"}}}}}}}]}}
                """.formatted(i, group);
    }

    private static JsonNode body(KubeAnswer answer) {
        return JsonMapper.shared().readTree(((KubeAnswer.Bytes) answer.content()).bytes());
    }

    private KubeAnswer ask(String method, String path, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return view.handle(new KubeRequest(
                method,
                "",
                path,
                Map.of(),
                Map.of("content-type", "application/json"),
                () -> new ByteArrayInputStream(bytes),
                ANN));
    }
}
