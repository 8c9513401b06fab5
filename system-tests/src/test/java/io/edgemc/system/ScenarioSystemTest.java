package io.edgemc.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.cli.Stack;
import io.edgemc.cli.Workspace;
import io.edgemc.cli.demo.Console;
import io.edgemc.cli.demo.DemoHub;
import io.edgemc.cli.demo.Expectations;
import io.edgemc.cli.demo.Scenario;
import io.edgemc.cli.demo.ScenarioA;
import io.edgemc.cli.demo.ScenarioB;
import io.edgemc.cli.demo.ScenarioC;
import io.edgemc.servers.testing.RequiresLocalEdge;
import io.edgemc.stack.HubDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scenarios of the demo on real API servers, with the hub and the syncers as processes of their own. */
@Tag("slow")
@RequiresLocalEdge
class ScenarioSystemTest {
    @TempDir
    private Path folder;

    static Stream<Scenario> scenarios() {
        return Stream.of(new ScenarioA(), new ScenarioB(), new ScenarioC());
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void everyExpectationOfTheScenarioHolds(Scenario scenario) {
        // Given a fresh hub
        Workspace workspace =
                new Workspace(Path.of("..").toAbsolutePath().normalize(), new HubDirectory(folder.resolve("hub")));
        Console console = new Console(System.out);
        Stack stack = new Stack(workspace, console);
        Expectations expectations = new Expectations(console);
        try {
            stack.startHub(0, false, List.copyOf(scenario.edges().keySet()));
            // When the scenario is played
            scenario.play(new DemoHub(workspace, stack, false), console, expectations);
        } finally {
            stack.stopAll();
        }
        // Then everything is as it says
        assertThat(expectations.failures()).isEmpty();
        assertThat(expectations.held()).isGreaterThan(10);
    }
}
