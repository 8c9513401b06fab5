package io.edgemc.kube.conformance;

import java.util.List;
import java.util.Map;

/** Something that a client does. */
public sealed interface Step {
    /** How it is called in reports. */
    String text();

    /**
     * A run of a program in the case's folder and namespace.
     *
     * @param line as typed, with the program's name first; {@code a | b} gives what one writes to the next
     * @param stdin what the first reads, empty for nothing
     * @param environment variables besides the few that every run has
     */
    record Command(String line, String stdin, Map<String, String> environment) implements Step {
        @Override
        public String text() {
            return line;
        }
    }

    /**
     * A request.
     *
     * @param path with its query
     * @param body empty for none
     * @param shown response headers that must be the same, besides {@code Content-Type} and {@code Warning}
     * @param kept values of the answer by the names under which later steps use them, as paths such as {@code
     *     metadata.resourceVersion}
     */
    record Send(
            String method,
            String path,
            Map<String, String> headers,
            String body,
            List<String> shown,
            Map<String, String> kept)
            implements Step {
        @Override
        public String text() {
            return method + " " + path;
        }
    }
}
