package io.edgemc.summarizer.contribution;

import io.edgemc.summarizer.expression.ExpressionFailure;

/** Is told of rows that are left out because an expression failed. */
@FunctionalInterface
public interface FailureListener {
    void rowLeftOut(String summary, String column, ExpressionFailure failure);
}
