package io.edgemc.kube.clients;

import io.edgemc.kube.conformance.KubeClients;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** client-go as controllers use it: the scenarios of {@code tools/kube-clients/client-go}. */
@RequiresClients(KubeClients.CLIENT_GO)
class ClientGoTest {
    @TestFactory
    Stream<DynamicTest> clientGoSeesTheSameOnBothSides(BothSides sides) {
        return new TranscriptSuite(
                        "client-go", List.of(KubeClients.CLIENT_GO.program().toString()))
                .tests(sides, 50);
    }
}
