package io.edgemc.summarizer.expression;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A compiled expression. A pure function of its bindings: the same row gives the same value for ever. Thread-safe. */
@FunctionalInterface
public interface Expression {
    /**
     * The value for a row, null where it has none.
     *
     * @throws ExpressionFailure where the row is not what the expression is made for; the row is then left out
     */
    @Nullable
    JsonNode evaluate(Bindings row);
}
