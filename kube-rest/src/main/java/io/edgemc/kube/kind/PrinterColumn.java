package io.edgemc.kube.kind;

/**
 * A column of a kind's table.
 *
 * @param name header
 * @param type {@code string}, {@code integer}, {@code date}, ...
 * @param format OpenAPI format, {@code name} for the name column
 * @param priority 0 = always shown, above = wide only
 * @param jsonPath where the cell is, such as {@code .spec.replicas}; empty if computed
 */
public record PrinterColumn(String name, String type, String format, int priority, String jsonPath) {}
