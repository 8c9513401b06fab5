package io.edgemc.kube.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.kube.conformance.Side;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** A program's scenarios on both sides, each compared on its own. */
final class TranscriptSuite {
    private final String name;
    private final List<String> command;
    private final Map<String, Declared> declared;

    /**
     * @param name for folders and reports
     * @param command the program, which gets the path of a kubeconfig besides
     */
    TranscriptSuite(String name, List<String> command) {
        this.name = name;
        this.command = command;
        this.declared = DeclaredDifferences.of(name);
    }

    /** One test per scenario, and one on the suite as a whole. */
    Stream<DynamicTest> tests(BothSides sides, int atLeast) {
        CompletableFuture<Transcript> other = CompletableFuture.supplyAsync(() -> run(sides.reference(), sides));
        Transcript space = run(sides.space(), sides);
        Transcript reference = other.join();
        DynamicTest whole = DynamicTest.dynamicTest("all scenarios ran, and declared are only such", () -> {
            assertThat(reference.scenarios().size()).isGreaterThanOrEqualTo(atLeast);
            assertThat(space.scenarios().keySet())
                    .isEqualTo(reference.scenarios().keySet())
                    .containsAll(declared.keySet());
        });
        return Stream.concat(
                Stream.of(whole),
                reference.scenarios().keySet().stream()
                        .map(scenario -> DynamicTest.dynamicTest(scenario, () -> check(scenario, reference, space))));
    }

    private void check(String scenario, Transcript reference, Transcript space) throws IOException {
        assertThat(reference.wentAsThought(scenario))
                .as("the reference: %s", reference.scenarios().get(scenario))
                .isTrue();
        Differences.check(
                name + "/" + scenario, declared.get(scenario), reference.outcome(scenario), space.outcome(scenario));
    }

    private Transcript run(Side side, BothSides sides) {
        try {
            Path folder = sides.folder().resolve(name).resolve(side.name());
            return Transcript.of(new ArrayList<>(command), side, folder);
        } catch (IOException e) {
            throw new CompletionException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }
}
