package io.edgemc.summarizer.expression;

/**
 * Turns the text of an expression into something that can be evaluated. The built-in definitions use {@link PathExpressions};
 * a compiler of another language (CEL for the definitions of users) takes its place beside it.
 */
@FunctionalInterface
public interface ExpressionCompiler {
    /** Compiles once; throws {@link InvalidExpressionException} if the text is not an expression. */
    Expression compile(String text);
}
