package io.edgemc.kube.clients;

import io.edgemc.kube.conformance.KubeClients;
import io.edgemc.servers.ServerFailure;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Behind {@link RequiresClients}. */
final class ClientsExtension implements ExecutionCondition, ParameterResolver {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        RequiresClients wanted = AnnotationSupport.findAnnotation(context.getTestClass(), RequiresClients.class)
                .orElseThrow();
        boolean all = "true".equals(System.getenv("CI"));
        String absent = String.valueOf(System.getenv("EDGE_MC_ABSENT_CLIENTS"));
        for (KubeClients client : wanted.value()) {
            // Who could not make one said so, and so does the test that does without.
            boolean required = all && !absent.equalsIgnoreCase(client.name());
            ConditionEvaluationResult result = evaluate(context.getDisplayName(), required, client::program);
            if (result.isDisabled()) {
                return result;
            }
        }
        return ConditionEvaluationResult.enabled("all clients are there");
    }

    /** @throws ServerFailure where the client is absent and must not be */
    static ConditionEvaluationResult evaluate(String test, boolean required, Supplier<?> client) {
        try {
            return ConditionEvaluationResult.enabled("the client is " + client.get());
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
        return parameter.getParameter().getType() == BothSides.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(ClientsExtension.class))
                .computeIfAbsent(BothSides.class, type -> new BothSides(), BothSides.class);
    }
}
