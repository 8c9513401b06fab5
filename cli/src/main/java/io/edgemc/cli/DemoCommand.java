package io.edgemc.cli;

import io.edgemc.cli.demo.Console;
import io.edgemc.cli.demo.DemoHub;
import io.edgemc.cli.demo.Expectations;
import io.edgemc.cli.demo.Scenario;
import io.edgemc.cli.demo.ScenarioA;
import io.edgemc.cli.demo.ScenarioB;
import io.edgemc.cli.demo.ScenarioC;
import io.edgemc.cli.edge.DeletedFolder;
import io.edgemc.servers.kube.KubeBinaries;
import io.edgemc.stack.HubDirectory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The main job: hub, edges, a scenario step by step; succeeds only if every expectation holds. */
@Command(
        name = "demo",
        description = "Play a scenario on a fresh hub with real API servers, step by step, every expectation checked.")
final class DemoCommand implements Callable<Integer> {
    /** What is broken on purpose does not come, however long one waits. */
    private static final Duration SABOTAGED_LIMIT = Duration.ofSeconds(8);

    enum Name {
        A(ScenarioA::new),
        B(ScenarioB::new),
        C(ScenarioC::new);

        private final Supplier<Scenario> scenario;

        Name(Supplier<Scenario> scenario) {
            this.scenario = scenario;
        }
    }

    @Mixin
    private DataOption data = new DataOption();

    @Parameters(arity = "0..1", paramLabel = "a|b|c", description = "Which one (default: a, then b).")
    private @Nullable Name only;

    @Option(names = "--keep", description = "Leave hub and edges up.")
    private boolean keep;

    @Option(names = "--port", paramLabel = "P", description = "Port of the gateway (default: any free one).")
    private int port;

    @Option(
            names = "--sabotage",
            description =
                    "Stop the first edge's syncer before anything is placed: shows that the demo fails when it should.")
    private boolean sabotage;

    @Override
    public Integer call() {
        KubeBinaries.find();
        List<Name> names = only == null ? List.of(Name.A, Name.B) : List.of(only);
        int failed = 0;
        for (Name name : names) {
            failed += play(name);
        }
        return failed == 0 ? 0 : 1;
    }

    /** How many expectations are broken. */
    private int play(Name name) {
        // Each scenario has a hub of its own, so that what somebody keeps in another one is not touched.
        Workspace parent = data.workspace();
        Workspace workspace = new Workspace(
                parent.home(),
                new HubDirectory(
                        parent.hub().root().resolve("demo-" + name.name().toLowerCase(java.util.Locale.ROOT))));
        Console console = new Console(System.out);
        Stack stack = new Stack(workspace, console);
        stack.stopAll();
        DeletedFolder.delete(workspace.hub().root());
        Scenario scenario = name.scenario.get();
        console.say(scenario.title());
        Expectations expectations = sabotage ? new Expectations(console, SABOTAGED_LIMIT) : new Expectations(console);
        try {
            stack.startHub(port, false, List.copyOf(scenario.edges().keySet()));
            scenario.play(new DemoHub(workspace, stack, sabotage), console, expectations);
        } finally {
            if (keep) {
                console.say("Kept. kubeconfig: " + workspace.hub().kubeconfig() + "; end it by: edge-mc down --data "
                        + workspace.hub().root());
            } else {
                stack.stopAll();
                DeletedFolder.delete(workspace.hub().root());
            }
        }
        console.progress(expectations.held() + " expectations held, "
                + expectations.failures().size() + " broken");
        expectations.failures().forEach(failure -> console.say("  BROKEN  " + failure));
        return expectations.failures().size();
    }
}
