package io.edgemc.syncer.apply;

import io.edgemc.syncer.kube.KubeClient;
import io.edgemc.syncer.kube.ResourceType;
import io.edgemc.syncer.life.StopSignal;
import io.edgemc.syncer.state.Held;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Waits for the kinds that were just defined: the API server serves them some hundred milliseconds later. */
final class Definitions {
    private static final Logger log = LoggerFactory.getLogger(Definitions.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(40);
    private static final int LOOKS = 250;

    private final KubeClient kube;
    private final StopSignal stop;

    Definitions(KubeClient kube, StopSignal stop) {
        this.kube = kube;
        this.stop = stop;
    }

    /** Until all that were applied are established, or ten seconds are over: then their objects fail and are tried again. */
    void awaitEstablished(List<Held> definitions) {
        int looks = 0;
        for (Held held : definitions) {
            while (held.wantsObject() && !isEstablished(held) && looks < LOOKS) {
                looks++;
                if (stop.await(LOOK_AGAIN)) {
                    return;
                }
            }
        }
    }

    private boolean isEstablished(Held held) {
        try {
            JsonNode live = kube.find(ResourceType.path("v1", held.key()))
                    .<JsonNode>map(found -> found)
                    .orElse(null);
            if (live == null) {
                // It was refused, so there is nothing to wait for.
                return true;
            }
            for (JsonNode condition : live.path("status").path("conditions")) {
                if (condition.path("type").asString("").equals("Established")) {
                    return condition.path("status").asString("").equals("True");
                }
            }
            return false;
        } catch (IOException e) {
            log.atDebug().setCause(e).log("a definition could not be read");
            return true;
        }
    }
}
