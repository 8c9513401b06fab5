package io.edgemc.kube.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OptionalType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions.Function;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Compiles and evaluates expressions with Kubernetes' libraries. They see their variables and nothing else. Thread-safe. */
final class Expressions {
    private static final CelOptions OPTIONS = CelOptions.current()
            .comprehensionMaxIterations((int) Costs.PER_EXPRESSION)
            .maxParseRecursionDepth(250)
            .evaluateCanonicalTypesToNativeValues(true)
            .enableHeterogeneousNumericComparisons(true)
            .enableQuotedIdentifierSyntax(true)
            .build();

    /** Without those that make long texts out of short ones; {@link TextFunctions} has them, with a limit. */
    private static final Set<Function> STRINGS =
            EnumSet.complementOf(EnumSet.of(Function.REPLACE, Function.JOIN, Function.QUOTE));

    private static final CelRuntime RUNTIME = runtime();

    /** Does not compile; the message is a compiler's. */
    static final class Uncompilable extends Exception {
        Uncompilable(String message) {
            super(message, null, false, false);
        }
    }

    /** A checked expression that can be evaluated. */
    record Compiled(CelAbstractSyntaxTree tree, CelRuntime.Program program) {
        CelType type() {
            return tree.getResultType();
        }

        boolean mentions(String variable) {
            return tree.getReferenceMap().values().stream()
                    .anyMatch(reference -> reference.name().equals(variable));
        }

        Object value(Map<String, Object> variables, Costs costs) throws CelEvaluationException {
            try {
                return program.trace(variables, costs);
            } catch (CelEvaluationException e) {
                for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
                    if (cause instanceof Costs.Exceeded exceeded) {
                        throw exceeded;
                    }
                }
                throw e;
            }
        }
    }

    private final CelCompiler compiler;

    /** For one node of a schema. */
    Expressions(CelType self, SchemaTypes types, boolean optionalOldSelf) {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addLibraries(
                        CelExtensions.strings(STRINGS),
                        CelExtensions.sets(OPTIONS),
                        CelExtensions.optional(),
                        CelExtensions.comprehensions())
                .addFunctionDeclarations(KubeFunctions.declarations())
                .addVar("self", self)
                .addVar("oldSelf", optionalOldSelf ? OptionalType.create(self) : self)
                .setTypeProvider(types.provider());
        compiler = builder.build();
    }

    private static CelRuntime runtime() {
        return CelRuntimeFactory.standardCelRuntimeBuilder()
                .setOptions(OPTIONS)
                .addLibraries(
                        CelExtensions.strings(STRINGS),
                        CelExtensions.sets(OPTIONS),
                        CelExtensions.optional(),
                        CelExtensions.comprehensions())
                // In place of the one that compiles whatever it is given.
                .setStandardEnvironmentEnabled(false)
                .setStandardFunctions(CelStandardFunctions.newBuilder()
                        .excludeFunctions(CelStandardFunctions.StandardFunction.MATCHES)
                        .build())
                .addFunctionBindings(
                        CelFunctionBinding.from("matches", String.class, String.class, TextFunctions::matches),
                        CelFunctionBinding.from("matches_string", String.class, String.class, TextFunctions::matches))
                .addFunctionBindings(KubeFunctions.bindings())
                .build();
    }

    Compiled compiled(String text) throws Uncompilable {
        try {
            CelAbstractSyntaxTree tree = compiler.compile(text).getAst();
            return new Compiled(tree, RUNTIME.createProgram(tree));
        } catch (CelValidationException e) {
            throw new Uncompilable(words(String.valueOf(e.getMessage())));
        } catch (CelEvaluationException e) {
            throw new Uncompilable(String.valueOf(e.getMessage()));
        }
    }

    /** An API server does not list the overloads that there are. */
    private static String words(String message) {
        return message.replaceAll(" \\(candidates: [^\\n]*\\)", "");
    }
}
