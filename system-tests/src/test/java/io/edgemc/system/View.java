package io.edgemc.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.servers.kube.Kubectl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One view of the hub, by kubectl. */
record View(Path program, Path kubeconfig, String context) {
    /** Runs kubectl, which must succeed, and gives its output. */
    String ok(String... arguments) {
        Kubectl.Result result = run("", arguments);
        assertThat(result.exitCode())
                .as("kubectl --context %s %s: %s", context, String.join(" ", arguments), result.stderr())
                .isZero();
        return result.stdout();
    }

    /** The same with a manifest on its standard input. */
    String feed(String manifest, String... arguments) {
        Kubectl.Result result = run(manifest, arguments);
        assertThat(result.exitCode())
                .as("kubectl --context %s %s: %s", context, String.join(" ", arguments), result.stderr())
                .isZero();
        return result.stdout();
    }

    /** Runs kubectl, which must be refused by the server, and gives what it says. */
    String refused(String manifest, String... arguments) {
        Kubectl.Result result = run(manifest, arguments);
        assertThat(result.exitCode())
                .as(
                        "kubectl --context %s %s must fail, and said: %s",
                        context, String.join(" ", arguments), result.stdout())
                .isNotZero();
        return result.stderr();
    }

    /** Whether a kubectl command succeeds. */
    boolean succeeds(String... arguments) {
        return run("", arguments).succeeded();
    }

    /** Starts {@code kubectl get -w}, whose output goes to a file, and returns when the server has answered it. */
    Process watch(Path output, String... arguments) throws Exception {
        List<String> line = new ArrayList<>(
                List.of(program.toString(), "--kubeconfig=" + kubeconfig, "--cache-dir=" + kubeconfig + ".cache"));
        line.addAll(List.of(inContext("get", "-w", "-v=6")));
        line.addAll(List.of(arguments));
        Process watch = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        Until.holds(() -> assertThat(Files.readString(output)).contains("watch=true"));
        return watch;
    }

    private Kubectl.Result run(String input, String... arguments) {
        return new Kubectl(program, kubeconfig, Duration.ofSeconds(60)).runWithInput(input, inContext(arguments));
    }

    private String[] inContext(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--context", context));
        all.addAll(List.of(arguments));
        return all.toArray(String[]::new);
    }
}
