package io.edgemc.kube.clients;

import io.edgemc.kube.conformance.Case;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A difference that a space should have.
 *
 * @param reason why it should not do what the reference does
 * @param lines regular expressions of the lines that may differ; apart from them all must be the same
 */
record Declared(String reason, List<String> lines) {
    Declared {
        if (reason.isBlank() || lines.isEmpty()) {
            throw new IllegalArgumentException("a declared difference needs a reason and lines");
        }
    }

    /** Of a case; null if it declares none. */
    static @Nullable Declared of(Case.@Nullable Differs differs) {
        return differs == null ? null : new Declared(differs.reason(), differs.lines());
    }
}
