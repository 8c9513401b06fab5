package io.edgemc.kube.read.columns;

import tools.jackson.databind.JsonNode;

/** Reads a cell out of the object of a row. Never throws. */
@FunctionalInterface
public interface CellReader {
    JsonNode value(Row row);
}
