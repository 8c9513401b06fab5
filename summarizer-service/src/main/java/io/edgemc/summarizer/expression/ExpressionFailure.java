package io.edgemc.summarizer.expression;

/** An expression has no answer for a row. The message names the reason and holds no value of the row. */
public final class ExpressionFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ExpressionFailure(String message) {
        super(message);
    }
}
