package io.edgemc.kube.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgemc.servers.ServerFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeClientsTest {
    @TempDir
    Path folder;

    @Test
    void aClientThatWasMadeFromOtherSourcesIsAbsent() throws IOException {
        Path sources = Files.createDirectories(folder.resolve("sources"));
        Files.writeString(sources.resolve("main.go"), "one");
        Path made = Files.createDirectories(folder.resolve("client-go-" + KubeClients.digest(sources)));
        Path program = Files.createFile(made.resolve("client-go"));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        assertThat(KubeClients.CLIENT_GO.in(sources, folder)).isEqualTo(program);

        Files.writeString(sources.resolve("main.go"), "two");

        assertThatThrownBy(() -> KubeClients.CLIENT_GO.in(sources, folder))
                .isInstanceOf(ServerFailure.class)
                .hasMessageContaining("tools/kube-clients/build");
    }
}
