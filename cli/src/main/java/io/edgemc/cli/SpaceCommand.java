package io.edgemc.cli;

import io.edgemc.cli.demo.Console;
import io.edgemc.cli.hub.HubApi;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Spaces: make one, list them. */
@Command(
        name = "space",
        description = "Spaces: make one (with its context in the kubeconfig), list them.",
        subcommands = {SpaceCommand.Create.class, SpaceCommand.ListSpaces.class})
final class SpaceCommand {
    static final String PATH = "/system/apis/edge-mc.io/v1alpha1/spaces";

    private SpaceCommand() {}

    /** The object of a space. */
    static ObjectNode space(String name) {
        ObjectNode space = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", "edge-mc.io/v1alpha1")
                .put("kind", "Space");
        space.putObject("metadata").put("name", name);
        return space;
    }

    @Command(name = "create", description = "Make a space and its context space-NAME.")
    static final class Create implements Callable<Integer> {
        @Mixin
        private DataOption data = new DataOption();

        @Parameters(paramLabel = "NAME")
        private String name = "";

        @Override
        public Integer call() {
            Workspace workspace = data.workspace();
            try (HubApi api = HubApi.of(workspace.hub())) {
                api.postOrFail(PATH, space(name).toString());
            }
            new Stack(workspace, new Console(System.err)).writeKubeconfig();
            System.out.println("space " + name + " created; context space-" + name);
            return 0;
        }
    }

    @Command(name = "list", description = "List the spaces.")
    static final class ListSpaces implements Callable<Integer> {
        @Mixin
        private DataOption data = new DataOption();

        @Override
        public Integer call() {
            Workspace workspace = data.workspace();
            try (HubApi api = HubApi.of(workspace.hub())) {
                new Stack(workspace, new Console(System.err)).spaces(api).forEach(System.out::println);
            }
            return 0;
        }
    }
}
