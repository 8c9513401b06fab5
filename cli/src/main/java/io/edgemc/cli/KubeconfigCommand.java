package io.edgemc.cli;

import io.edgemc.cli.demo.Console;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the path of the kubeconfig, freshly written. */
@Command(
        name = "kubeconfig",
        description =
                "Print the path of the kubeconfig: contexts system, inventory, clusters, c2p, space-NAME, and local edges.")
final class KubeconfigCommand implements Callable<Integer> {
    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() {
        Workspace workspace = data.workspace();
        new Stack(workspace, new Console(System.err)).writeKubeconfig();
        System.out.println(workspace.hub().kubeconfig());
        return 0;
    }
}
