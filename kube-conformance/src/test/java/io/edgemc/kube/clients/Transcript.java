package io.edgemc.kube.clients;

import io.edgemc.kube.conformance.Normal;
import io.edgemc.kube.conformance.Outcome;
import io.edgemc.kube.conformance.Outcome.Part;
import io.edgemc.kube.conformance.Side;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a program said of one side, by its scenarios. It is text in which a line {@code ## name} begins a scenario and a
 * line that begins with {@code UNEXPECTED} says that one did not go as its author thought.
 */
record Transcript(Map<String, String> scenarios) {
    private static final int LIMIT_SECONDS = 150;

    /**
     * Runs the program with the path of a kubeconfig as its last argument.
     *
     * @param folder where it runs
     * @throws IllegalStateException if it fails or does not end
     */
    static Transcript of(List<String> command, Side side, Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), side.kubeconfig("default"));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.command().add(kubeconfig.toString());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("LC_ALL", StandardCharsets.UTF_8.name());
        Process process = builder.start();
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "did not end in " + LIMIT_SECONDS + " s; it said " + Files.readString(out));
            }
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException("ended with " + process.exitValue() + ": " + Files.readString(err));
        }
        return read(new Normal(side.address(), "no-namespace-of-its-own").text(Files.readString(out)));
    }

    static Transcript read(String text) {
        Map<String, String> scenarios = new LinkedHashMap<>();
        String name = "";
        StringBuilder said = new StringBuilder();
        for (String line : text.lines().toList()) {
            if (line.startsWith("## ")) {
                keep(scenarios, name, said);
                name = line.substring(3);
            } else {
                said.append(line).append('\n');
            }
        }
        keep(scenarios, name, said);
        return new Transcript(scenarios);
    }

    private static void keep(Map<String, String> scenarios, String name, StringBuilder said) {
        if (!name.isEmpty()) {
            scenarios.put(name, said.toString());
        }
        said.setLength(0);
    }

    /** Of one scenario, to be compared. */
    List<Outcome> outcome(String scenario) {
        return List.of(
                new Outcome(scenario, List.of(new Part("transcript", scenarios.getOrDefault(scenario, "absent\n")))));
    }

    /** Whether a scenario said something, and nothing that its author did not think of. */
    boolean wentAsThought(String scenario) {
        String said = scenarios.getOrDefault(scenario, "");
        return !said.isBlank() && said.lines().noneMatch(line -> line.startsWith("UNEXPECTED"));
    }
}
