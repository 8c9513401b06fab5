package io.edgemc.kube.cel;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Functions that Kubernetes adds to CEL, by libraries. */
final class KubeFunctions {
    private static final Library ALL = new Library();

    static {
        ListFunctions.addTo(ALL);
        TextFunctions.addTo(ALL);
        UrlFunctions.addTo(ALL);
        QuantityFunctions.addTo(ALL);
        SemverFunctions.addTo(ALL);
        AddressFunctions.addTo(ALL);
        FormatFunctions.addTo(ALL);
    }

    private KubeFunctions() {}

    static List<CelFunctionDecl> declarations() {
        List<CelFunctionDecl> all = new ArrayList<>();
        ALL.overloads.forEach((name, overloads) -> all.add(CelFunctionDecl.newFunctionDeclaration(name, overloads)));
        return all;
    }

    static List<CelFunctionBinding> bindings() {
        return ALL.bindings;
    }

    /** Collects overloads and what they do. */
    static final class Library {
        private final Map<String, List<CelOverloadDecl>> overloads = new LinkedHashMap<>();
        private final List<CelFunctionBinding> bindings = new ArrayList<>();

        /** {@code first.name(rest)}. */
        void member(String name, CelType result, List<CelType> types, Body body) {
            add(name, true, result, types, body);
        }

        /** {@code name(all)}. */
        void global(String name, CelType result, List<CelType> types, Body body) {
            add(name, false, result, types, body);
        }

        @SuppressWarnings("Immutable") // bodies are functions of their arguments
        private void add(String name, boolean member, CelType result, List<CelType> types, Body body) {
            List<CelOverloadDecl> known = overloads.computeIfAbsent(name, n -> new ArrayList<>());
            String id = "kube_" + name.replace('.', '_') + "_" + known.size();
            known.add(
                    member
                            ? CelOverloadDecl.newMemberOverload(id, result, types)
                            : CelOverloadDecl.newGlobalOverload(id, result, types));
            List<Class<?>> classes =
                    types.stream().<Class<?>>map(Library::javaClass).toList();
            bindings.add(CelFunctionBinding.from(id, ImmutableList.copyOf(classes), body::of));
        }

        private static Class<?> javaClass(CelType type) {
            return switch (type.kind()) {
                case STRING -> String.class;
                case INT -> Long.class;
                case DOUBLE -> Double.class;
                case BOOL -> Boolean.class;
                case LIST -> List.class;
                case OPAQUE -> KubeTypes.javaClass(type.name());
                default -> Object.class;
            };
        }
    }

    /** What an overload does. */
    @FunctionalInterface
    interface Body {
        Object of(Object[] arguments);
    }
}
