package io.edgemc.cli.hub;

import io.edgemc.cli.CommandFailure;
import io.edgemc.cli.Workspace;
import io.edgemc.cli.demo.Console;
import io.edgemc.cli.edge.DeletedFolder;
import io.edgemc.servers.ServerFailure;
import io.edgemc.stack.HubDirectory;
import io.edgemc.stack.HubOptions;
import java.io.IOException;
import java.time.Duration;

/** A start of the hub on throw-away data, with a little of what a first minute brings, for its JVM to remember. */
public final class HubRehearsal {
    /** The JVM digests its notes when it ends, which takes as long as a start. */
    private static final Duration DIGEST_LIMIT = Duration.ofSeconds(180);

    private static final String SPACE =
            "{\"apiVersion\":\"edge-mc.io/v1alpha1\",\"kind\":\"Space\",\"metadata\":{\"name\":\"first\"}}";
    private static final String NAMESPACE =
            "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"ns\"}}";
    private static final String OBJECT =
            "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"first\"},\"data\":{\"a\":\"b\"}}";
    private static final String CLUSTER = "{\"apiVersion\":\"edge-mc.io/v1alpha1\",\"kind\":\"Cluster\","
            + "\"metadata\":{\"name\":\"edge\",\"labels\":{\"env\":\"prod\"}}}";
    private static final String PLACEMENT = "{\"apiVersion\":\"edge-mc.io/v1alpha1\",\"kind\":\"EdgePlacement\","
            + "\"metadata\":{\"name\":\"all\"},\"spec\":{\"locationSelectors\":[{\"matchLabels\":{\"env\":\"prod\"}}],"
            + "\"downsync\":[{\"apiGroup\":\"\",\"resources\":[\"configmaps\"],\"namespaces\":[\"ns\"],\"objectNames\":[\"*\"]}]}}";

    private final Workspace scratch;
    private final HubProcess hub;

    /** Of the hub of this build; {@code workspace}'s data is not touched. */
    public HubRehearsal(Workspace workspace) {
        this.scratch = new Workspace(
                workspace.home(), new HubDirectory(workspace.startCaches().resolve("rehearsal")));
        this.hub = new HubProcess(scratch);
    }

    /** Whether there is something to do. */
    public boolean isNeeded() {
        return !hub.startCache().isThere();
    }

    /** Does it. Throws {@link CommandFailure} with the reason if the hub does not start, or nothing is remembered. */
    public void run(Console console) {
        if (!hub.startCache().isPossible()) {
            throw new CommandFailure("only a start from jars can be remembered; run this by the launcher");
        }
        clear();
        try {
            console.progress("rehearsing a start of the hub, for its JVM to remember");
            try {
                hub.startRecording(new HubOptions(scratch.hub(), 0, 0, false));
                firstMinute();
                console.progress("it is up; stopping it and keeping what its JVM noted");
            } finally {
                hub.stop(DIGEST_LIMIT);
            }
            hub.startCache().keep();
            console.progress("the next start is quicker");
        } catch (ServerFailure | IOException e) {
            throw new CommandFailure("the rehearsal failed: " + e.getMessage(), e);
        } finally {
            clear();
        }
    }

    /** What it brings must work, but whoever is interested in that has tests. */
    private void firstMinute() {
        try (HubApi api = HubApi.of(scratch.hub())) {
            api.postOrFail("/inventory/apis/edge-mc.io/v1alpha1/clusters", CLUSTER);
            api.postOrFail("/system/apis/edge-mc.io/v1alpha1/spaces", SPACE);
            api.postOrFail("/spaces/first/api/v1/namespaces", NAMESPACE);
            api.postOrFail("/spaces/first/api/v1/namespaces/ns/configmaps", OBJECT);
            api.postOrFail("/spaces/first/apis/edge-mc.io/v1alpha1/edgeplacements", PLACEMENT);
            api.get("/clusters/*/api/v1/configmaps");
            api.get("/c2p/apis/wgpolicyk8s.io/v1alpha2/policyreports");
            api.get("/spaces/first/openapi/v2");
        }
    }

    private void clear() {
        hub.stop();
        DeletedFolder.delete(scratch.hub().root());
    }
}
