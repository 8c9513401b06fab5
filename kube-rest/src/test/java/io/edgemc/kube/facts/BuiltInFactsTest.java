package io.edgemc.kube.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.servers.kube.KubeBinaries;
import io.edgemc.servers.kube.LocalEdge;
import io.edgemc.servers.testing.RequiresLocalEdge;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The facts in the repository are those of the reference API server; {@code tools/kube-facts/generate} writes them anew. */
class BuiltInFactsTest {
    private static final Path FILE =
            Path.of("src", "main", "resources", "io", "edgemc", "kube", "facts", "kubernetes-1.36.json");

    @Test
    @RequiresLocalEdge
    void theFactsAreThoseOfTheReference(LocalEdge edge) throws Exception {
        Process proxy = new ProcessBuilder(
                        KubeBinaries.find().kubectl().toString(),
                        "--kubeconfig=" + edge.kubeconfig(),
                        "proxy",
                        "--port=0")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(proxy.getInputStream(), StandardCharsets.UTF_8))) {
            String line = said.readLine(); // Starting to serve on 127.0.0.1:34567
            URI address = URI.create("http://" + line.substring(line.lastIndexOf(' ') + 1));

            String facts = new FactsGenerator(address).generate();

            if (Boolean.getBoolean("kube.facts.write")) {
                Files.writeString(FILE, facts);
            }
            assertThat(facts.equals(Files.readString(FILE)))
                    .as("run tools/kube-facts/generate")
                    .isTrue();
        } finally {
            proxy.destroy();
        }
    }
}
