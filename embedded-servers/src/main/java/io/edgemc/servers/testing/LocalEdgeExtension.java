package io.edgemc.servers.testing;

import io.edgemc.servers.ServerFailure;
import io.edgemc.servers.kube.KubeBinaries;
import io.edgemc.servers.kube.LocalEdge;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Behind {@link RequiresLocalEdge}. */
final class LocalEdgeExtension implements ExecutionCondition, ParameterResolver {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return evaluate(context.getDisplayName(), "true".equals(System.getenv("CI")), KubeBinaries::find);
    }

    /** @throws ServerFailure where the programs are absent and must not be */
    static ConditionEvaluationResult evaluate(String test, boolean required, Supplier<KubeBinaries> programs) {
        try {
            return ConditionEvaluationResult.enabled(
                    "The API server's programs are in " + programs.get().folder());
        } catch (ServerFailure e) {
            if (required) {
                throw e;
            }
            System.err.println("\n*** SKIPPED, NOT PASSED: " + test + "\n*** " + e.getMessage() + "\n");
            return ConditionEvaluationResult.disabled(e.getMessage());
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LocalEdge.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return TestEdge.shared();
    }
}
