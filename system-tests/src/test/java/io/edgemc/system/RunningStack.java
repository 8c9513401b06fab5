package io.edgemc.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.cli.Stack;
import io.edgemc.cli.Workspace;
import io.edgemc.cli.demo.Console;
import io.edgemc.cli.demo.DemoHub;
import io.edgemc.cli.hub.HubApi;
import io.edgemc.servers.kube.KubeBinaries;
import io.edgemc.stack.HubDirectory;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;

/** A hub of a test's own, as processes, and clients of its views as its kubeconfig gives them. */
final class RunningStack implements AutoCloseable {
    private final Workspace workspace;
    private final Stack stack;
    private final DemoHub demo;

    RunningStack(Path folder) {
        workspace = new Workspace(Path.of("..").toAbsolutePath().normalize(), new HubDirectory(folder.resolve("hub")));
        stack = new Stack(workspace, new Console(System.out));
        stack.startHub(0, false);
        demo = new DemoHub(workspace, stack, false);
    }

    DemoHub demo() {
        return demo;
    }

    /** The real kubectl in one context. */
    View view(String context) {
        return new View(KubeBinaries.find().kubectl(), workspace.hub().kubeconfig(), context);
    }

    /** fabric8's client in one context. */
    KubernetesClient client(String context) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(
                        context, workspace.hub().kubeconfig().toFile()))
                .build();
    }

    /** Posts plain JSON to the hub; it must be accepted. */
    void post(String path, String json) {
        try (HubApi api = HubApi.of(workspace.hub())) {
            HubApi.Answer answer = api.post(path, json);
            assertThat(answer.succeeded()).as(answer.toString()).isTrue();
        }
    }

    @Override
    public void close() {
        stack.stopAll();
    }
}
