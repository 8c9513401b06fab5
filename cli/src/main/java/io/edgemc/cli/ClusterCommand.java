package io.edgemc.cli;

import io.edgemc.cli.demo.Console;
import io.edgemc.cli.edge.Registration;
import io.edgemc.cli.hub.HubApi;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Clusters: add, token, remove. */
@Command(
        name = "cluster",
        description = "Clusters: register one with a syncer here, get a join token for one elsewhere, remove one.",
        subcommands = {ClusterCommand.Add.class, ClusterCommand.Token.class, ClusterCommand.Remove.class})
final class ClusterCommand {
    private static final String CLUSTERS = "/inventory/apis/edge-mc.io/v1alpha1/clusters/";
    private static final Duration REMOVE_LIMIT = Duration.ofSeconds(60);

    private ClusterCommand() {}

    @Command(name = "add", description = "Register a cluster, enrol it and run its syncer here.")
    static final class Add implements Callable<Integer> {
        @Mixin
        private DataOption data = new DataOption();

        @Parameters(paramLabel = "NAME")
        private String name = "";

        @Option(
                names = {"-l", "--label"},
                paramLabel = "k=v")
        private Map<String, String> labels = new LinkedHashMap<>();

        @Option(names = "--property", paramLabel = "k=v")
        private Map<String, String> properties = new LinkedHashMap<>();

        @Option(names = "--kubeconfig", required = true, paramLabel = "FILE")
        private Path kubeconfig = Path.of("");

        @Option(names = "--context", paramLabel = "C")
        private @Nullable String context;

        @Override
        public Integer call() {
            new Stack(data.workspace(), new Console(System.out))
                    .addCluster(name, labels, properties, kubeconfig, context);
            return 0;
        }
    }

    @Command(name = "token", description = "Print how to run the syncer of a registered cluster elsewhere.")
    static final class Token implements Callable<Integer> {
        @Mixin
        private DataOption data = new DataOption();

        @Parameters(paramLabel = "NAME")
        private String name = "";

        @Override
        public Integer call() {
            Workspace workspace = data.workspace();
            Stack stack = new Stack(workspace, new Console(System.err));
            try (HubApi api = HubApi.of(workspace.hub())) {
                if (api.get(CLUSTERS + name).status() == 404) {
                    throw new CommandFailure(
                            "no cluster " + name + " is registered; see: edge-mc cluster add --help, or"
                                    + " make it by kubectl --context inventory");
                }
                Registration.JoinToken token = new Registration(stack.state()).joinToken(api, name);
                System.out.println("# The syncer of " + name
                        + ". It needs a Java 25 runtime. Copy it to the edge and unpack it there:");
                System.out.println("#   " + workspace.syncerDistribution());
                System.out.println("tar xzf edge-syncer.tar.gz");
                System.out.println(
                        "# Who it is and whom it trusts. The token is good once, until " + token.expiresAt() + ".");
                System.out.println("cat > hub-ca.crt <<'END'\n" + token.caPem().strip() + "\nEND");
                System.out.println("(umask 077; printf '%s' '" + token.token() + "' > join.token)");
                System.out.println("edge-syncer/bin/edge-syncer enroll --hub " + token.hubUrl()
                        + " --ca hub-ca.crt --token-file join.token --state /var/lib/edge-mc");
                System.out.println("rm join.token");
                System.out.println("# KUBECONFIG is that of the edge; in a Pod with a service account none is needed.");
                System.out.println("edge-syncer/bin/edge-syncer run --hub " + token.hubUrl()
                        + " --state /var/lib/edge-mc --kubeconfig KUBECONFIG");
            }
            return 0;
        }
    }

    @Command(name = "remove", description = "Remove a cluster: what edge-mc put there is deleted or left (orphan).")
    static final class Remove implements Callable<Integer> {
        enum Policy {
            DELETE,
            ORPHAN
        }

        @Mixin
        private DataOption data = new DataOption();

        @Parameters(paramLabel = "NAME")
        private String name = "";

        @Option(names = "--policy", required = true, paramLabel = "delete|orphan")
        private Policy policy = Policy.ORPHAN;

        @Option(names = "--force", description = "Do not wait for the edge's word: it is dead and will not come back.")
        private boolean force;

        @Override
        public Integer call() {
            Workspace workspace = data.workspace();
            Stack stack = new Stack(workspace, new Console(System.err));
            try (HubApi api = HubApi.of(workspace.hub())) {
                // One that the hub does not know any more may still be looked after here.
                if (api.get(CLUSTERS + name).status() != 404 || !stack.edges().knows(name)) {
                    decommission(api);
                }
            }
            if (stack.edges().knows(name)) {
                stack.edges().forget(name);
                stack.writeKubeconfig();
            }
            System.out.println("cluster " + name + " removed");
            return 0;
        }

        private void decommission(HubApi api) {
            String body =
                    "{\"policy\":\"" + policy.name().toLowerCase(java.util.Locale.ROOT) + "\",\"force\":" + force + "}";
            api.postOrFail("/api/v1/clusters/" + name + "/decommission", body);
            long deadline = System.nanoTime() + REMOVE_LIMIT.toNanos();
            while (api.get(CLUSTERS + name).status() != 404) {
                if (System.nanoTime() > deadline) {
                    throw new CommandFailure(
                            name + " is being removed, but its edge has not confirmed yet; it will when"
                                    + " it is back. If it never will, add --force.");
                }
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
        }
    }
}
