package io.edgemc.kube.clients;

import io.edgemc.kube.conformance.Case;
import io.edgemc.kube.conformance.CaseFiles;
import io.edgemc.kube.conformance.CaseRun;
import io.edgemc.kube.conformance.KubeClients;
import io.edgemc.kube.conformance.Outcome;
import io.edgemc.kube.conformance.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The real helm: the cases of {@code clients/cases/helm}, with the charts of {@code clients/charts} beside them. */
@RequiresClients(KubeClients.HELM)
class HelmTest {
    private static final String ONLY = System.getProperty("conformance.only", "");

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> helmDoesTheSameOnBothSides(BothSides sides) {
        return CaseFiles.in("clients/cases").stream()
                .filter(one -> ONLY.isEmpty() || one.id().matches(".*(?:" + ONLY + ").*"))
                .map(one -> DynamicTest.dynamicTest(one.id(), () -> check(one, sides)));
    }

    private static void check(Case subject, BothSides sides) throws Exception {
        List<Outcome> expected = run(subject, sides.reference(), sides.folder());
        List<Outcome> actual = run(subject, sides.space(), sides.folder());

        Differences.check(subject.id(), Declared.of(subject.differs()), expected, actual);
    }

    private static List<Outcome> run(Case subject, Side side, Path folder) throws Exception {
        Path own = folder.resolve("helm").resolve(side.name()).resolve(subject.namespace());
        Path charts = Path.of(Objects.requireNonNull(HelmTest.class.getResource("/clients/charts"))
                .toURI());
        copy(charts, own.resolve("charts"));
        return new CaseRun(subject, side, own).outcomes();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
