package io.edgemc.kube.clients;

import io.edgemc.kube.conformance.KubeClients;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The official Python client: the scenarios of {@code src/test/python}. */
@RequiresClients(KubeClients.PYTHON)
class PythonClientTest {
    @TestFactory
    Stream<DynamicTest> pythonSeesTheSameOnBothSides(BothSides sides) {
        String script = Path.of("src/test/python/suite.py").toAbsolutePath().toString();
        return new TranscriptSuite(
                        "python", List.of(KubeClients.PYTHON.program().toString(), "-B", script))
                .tests(sides, 20);
    }
}
