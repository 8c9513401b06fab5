package io.edgemc.summarizer.expression;

/** The text of an expression cannot be compiled; the message says where and why. */
public final class InvalidExpressionException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public InvalidExpressionException(String message) {
        super(message);
    }
}
