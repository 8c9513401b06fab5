package io.edgemc.kube.read.columns;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** Reads a cell out of an object; {@code now} is what ages are counted from. Never throws. */
@FunctionalInterface
public interface CellReader {
    JsonNode value(JsonNode object, Instant now);
}
