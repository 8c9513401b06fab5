package io.edgemc.kube.conformance;

import java.util.List;

/** What came of a step on one side, normalised: its parts by their names, such as {@code stdout}. */
public record Outcome(String step, List<Part> parts) {
    public record Part(String name, String text) {}
}
