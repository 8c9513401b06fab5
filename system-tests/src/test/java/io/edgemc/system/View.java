package io.edgemc.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.servers.kube.Kubectl;
import java.io.IOException;
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

    /** Starts a kubectl that goes on, such as {@code get -w}; what it says goes to a file. */
    Process start(Path output, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(program.toString(), "--kubeconfig=" + kubeconfig));
        line.addAll(List.of(inContext(arguments)));
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
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
