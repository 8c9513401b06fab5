package io.edgemc.kube.read.columns;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the cells of one row are read from. For one thread. */
public final class Row {
    private final JsonNode object;
    private final Instant now;
    private @Nullable PodState pod;

    /**
     * @param object as tables read it: see {@code RowTrees}
     * @param now what ages are counted from
     */
    public Row(JsonNode object, Instant now) {
        this.object = object;
        this.now = now;
    }

    public JsonNode object() {
        return object;
    }

    public Instant now() {
        return now;
    }

    /** What the object comes to if it is a pod: read once for all cells that tell of it. */
    PodState pod() {
        PodState known = pod;
        if (known == null) {
            known = PodState.of(object);
            pod = known;
        }
        return known;
    }
}
