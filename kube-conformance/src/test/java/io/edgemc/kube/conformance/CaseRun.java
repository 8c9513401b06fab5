package io.edgemc.kube.conformance;

import io.edgemc.kube.conformance.Outcome.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A case on one side: what is given, its steps, what is stored at the end. */
public final class CaseRun {
    private static final List<String> ALWAYS_SHOWN = List.of("content-type", "warning");

    private final Case subject;
    private final Side side;
    private final Path folder;
    private final Normal normal;
    /** Values that answers had, by the names under which later steps use them. */
    private final Map<String, String> kept = new HashMap<>();

    /** @param folder of this case and side alone */
    public CaseRun(Case subject, Side side, Path folder) {
        this.subject = subject;
        this.side = side;
        this.folder = folder;
        List<String> names =
                subject.differs() == null ? List.of() : subject.differs().names();
        this.normal = new Normal(side.address(), subject.namespace(), names);
    }

    /** One outcome per step and one per stored object. */
    public List<Outcome> outcomes() {
        Given given = new Given(subject);
        prepareFolder();
        given.create(side);
        List<Outcome> outcomes = new ArrayList<>();
        int number = 0;
        for (Step step : subject.steps()) {
            number++;
            List<Part> parts = switch (step) {
                case Step.Command command -> run(command);
                case Step.Send send -> send(send);
            };
            outcomes.add(new Outcome("step " + number + ": " + step.text(), parts));
        }
        Set<String> paths = new LinkedHashSet<>(given.paths());
        paths.addAll(subject.stored());
        for (String path : paths) {
            HttpResponse<byte[]> answer = side.send("GET", path, Map.of(), "");
            String text = answer.statusCode() == 200 ? body(answer) : "status " + answer.statusCode() + "\n";
            outcomes.add(new Outcome("stored: " + path, List.of(new Part("object", text))));
        }
        return outcomes;
    }

    private void prepareFolder() {
        try {
            Files.createDirectories(folder);
            Path kubeconfig = Files.writeString(folder.resolve(".kubeconfig"), side.kubeconfig(subject.namespace()));
            // Others on this machine need not read it, and helm says so if they can.
            Files.setPosixFilePermissions(kubeconfig, PosixFilePermissions.fromString("rw-------"));
            for (Map.Entry<String, String> file : subject.files().entrySet()) {
                Path path = folder.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Part> run(Step.Command step) {
        CommandRun.Result result = CommandRun.of(
                new Step.Command(filled(step.line()), filled(step.stdin()), step.environment()), side, folder);
        return List.of(
                new Part("exit code", Integer.toString(result.code())),
                new Part("stdout", normal.text(result.out())),
                new Part("stderr", normal.text(result.err())));
    }

    private List<Part> send(Step.Send step) {
        Map<String, String> headers = new LinkedHashMap<>();
        step.headers().forEach((name, value) -> headers.put(name, filled(value)));
        HttpResponse<byte[]> answer = side.send(step.method(), filled(step.path()), headers, filled(step.body()));
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("status", Integer.toString(answer.statusCode())));
        Set<String> shown = new LinkedHashSet<>(ALWAYS_SHOWN);
        shown.addAll(step.shown());
        for (String name : shown) {
            parts.add(new Part(
                    "header " + name,
                    normal.text(
                            String.join("\n", answer.headers().allValues(name)).replace("; ", ";"))));
        }
        parts.add(new Part("body", body(answer)));
        keep(step, answer);
        return parts;
    }

    private void keep(Step.Send step, HttpResponse<byte[]> answer) {
        for (Map.Entry<String, String> one : step.kept().entrySet()) {
            JsonNode value = JsonMapper.shared().readTree(answer.body());
            for (String member : one.getValue().split("\\.")) {
                value = value.path(member);
            }
            kept.put(one.getKey(), value.asString(""));
        }
    }

    private String filled(String text) {
        String made = text;
        for (Map.Entry<String, String> value : kept.entrySet()) {
            made = made.replace("<" + value.getKey() + ">", value.getValue());
        }
        return made;
    }

    /** JSON as a tree, also one per line as watches send it; anything else as text. */
    private String body(HttpResponse<byte[]> answer) {
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        boolean json = answer.headers().firstValue("content-type").orElse("").startsWith("application/json");
        if (!json) {
            return normal.text(text);
        }
        StringBuilder made = new StringBuilder();
        try (var values = JsonMapper.shared().readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            while (values.hasNext()) {
                made.append(normal.json(values.next(), subject.managedFields())).append('\n');
            }
        } catch (JacksonException e) {
            return normal.text(text);
        }
        return made.toString();
    }
}
