package io.edgemc.kube.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.runtime.CelEvaluationListener;
import java.util.Collection;
import java.util.Map;

/**
 * Counts what an evaluation costs and ends it above a limit: one per step, and a tenth per character or element that a step
 * made, as an API server counts. Not thread-safe: one per evaluation.
 */
final class Costs implements CelEvaluationListener {
    /** Limit of one expression and of all expressions of one object, as an API server's. */
    static final long PER_EXPRESSION = 1_000_000;

    static final long PER_OBJECT = 10_000_000;

    /** An evaluation costs too much. */
    static final class Exceeded extends RuntimeException {
        Exceeded() {
            super("operation cancelled: actual cost limit exceeded", null, false, false);
        }
    }

    private final long limit;
    private long spent;

    Costs(long limit) {
        this.limit = limit;
    }

    long spent() {
        return spent;
    }

    @Override
    public void callback(CelExpr expression, Object result) {
        spent += 1 + (expression.exprKind().getKind() == CelExpr.ExprKind.Kind.CALL ? size(result) / 10 : 0);
        if (spent > limit) {
            throw new Exceeded();
        }
    }

    private static long size(Object value) {
        return switch (value) {
            case CharSequence text -> text.length();
            case Collection<?> all -> all.size();
            case Map<?, ?> map -> map.size();
            default -> 0;
        };
    }

    /** Refuses before it is made what one step could make larger than memory. */
    static void affordable(long characters) {
        if (characters / 10 > PER_EXPRESSION) {
            throw new Exceeded();
        }
    }
}
