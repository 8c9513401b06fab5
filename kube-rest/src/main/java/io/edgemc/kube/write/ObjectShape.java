package io.edgemc.kube.write;

import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.KubeAnswer.Header;
import io.edgemc.kube.api.Target;
import io.edgemc.kube.kind.ServedKind;
import io.edgemc.kube.schema.Decoding;
import io.edgemc.kube.schema.Defaults;
import io.edgemc.kube.schema.FieldProblem;
import io.edgemc.kube.schema.Validation;
import io.edgemc.kube.write.WriteOptions.Strictness;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Brings what a client sent into the shape of its kind, or refuses it. */
final class ObjectShape {
    private static final Set<FieldProblem.Type> BLOCKING = EnumSet.of(
            FieldProblem.Type.REQUIRED,
            FieldProblem.Type.NOT_SUPPORTED,
            FieldProblem.Type.TOO_LONG,
            FieldProblem.Type.TOO_MANY,
            FieldProblem.Type.TYPE_INVALID);

    private ObjectShape() {}

    /** Checks type and name against the path, drops unknown fields. Returns warnings. */
    static List<Header> shaped(ObjectNode object, Target target, WriteOptions options) {
        typed(object, target);
        ObjectMeta.of(object);
        return decoded(Decoding.of(object, target.served().schema()), object, target, options);
    }

    /** The same for what comes of an apply. */
    static List<Header> merged(ObjectNode object, Target target, WriteOptions options) {
        ObjectMeta.of(object);
        return decoded(Decoding.ofMerged(object, target.served().schema()), object, target, options);
    }

    private static List<Header> decoded(Decoding decoding, ObjectNode object, Target target, WriteOptions options) {
        refuseWrongTypes(decoding, object, target);
        List<Header> warnings = unknown(decoding, target, options);
        ObjectMeta.tidied(object);
        return warnings;
    }

    /** Fills in the defaults of the schema. Not for what a client applies: it owns what it says, and nothing else. */
    static void completed(ObjectNode object, Target target) {
        Defaults.apply(object, target.served().schema());
    }

    private static void typed(ObjectNode object, Target target) {
        String kind = object.path("kind").asString("");
        String apiVersion = object.path("apiVersion").asString("");
        boolean other = !kind.isEmpty() && !kind.equals(target.kind().kind())
                || !apiVersion.isEmpty() && !apiVersion.equals(target.apiVersion());
        if (other && target.kind().origin() == ServedKind.Origin.BUILT_IN) {
            throw ApiError.badRequest(KindMismatch.refused(kind, apiVersion, target));
        }
        if (!kind.isEmpty() && !kind.equals(target.kind().kind())) {
            throw ApiError.badRequest(target.kind().kind() + " in version \"" + target.version()
                    + "\" cannot be handled as a " + target.kind().kind() + ": the kind in the data (" + kind
                    + ") does not match the expected kind");
        }
        if (!apiVersion.isEmpty() && !apiVersion.equals(target.apiVersion())) {
            throw ApiError.badRequest("the API version in the data (" + apiVersion
                    + ") does not match the expected API version (" + target.apiVersion() + ")");
        }
        object.put("kind", target.kind().kind()).put("apiVersion", target.apiVersion());
    }

    /** The object says how it is called; throws 400. */
    static void named(ObjectNode object, Target target) {
        if (object.path("metadata").path("name").asString("").isEmpty()) {
            throw ApiError.badRequest("the name of the object (" + target.name()
                    + " based on URL) was undeterminable: name must be provided");
        }
    }

    /** The object is for the namespace and name of the path, or says nothing of them. */
    static void addressed(ObjectNode object, Target target) {
        ObjectNode metadata = ObjectMeta.of(object);
        String namespace = metadata.path("namespace").asString("");
        if (!namespace.isEmpty() && !namespace.equals(target.namespace())) {
            if (!target.kind().namespaced()) {
                metadata.remove("namespace");
            } else {
                throw ApiError.badRequest(
                        "the namespace of the provided object does not match the namespace sent on the request");
            }
        }
        String name = metadata.path("name").asString("");
        if (!target.name().isEmpty()) {
            if (name.isEmpty()) {
                metadata.put("name", target.name());
            } else if (!name.equals(target.name())) {
                throw ApiError.badRequest("the name of the object (" + name + ") does not match the name on the URL ("
                        + target.name() + ")");
            }
        }
    }

    private static void refuseWrongTypes(Decoding decoding, ObjectNode object, Target target) {
        if (decoding.wrong().isEmpty()) {
            return;
        }
        Decoding.WrongType first = decoding.wrong().getFirst();
        if (target.kind().origin() == ServedKind.Origin.BUILT_IN || first.path().startsWith("metadata")) {
            throw ApiError.badRequest(handled(target) + "json: cannot unmarshal " + first.found()
                    + " into Go struct field " + target.kind().kind() + "." + first.path() + " of type "
                    + first.expected());
        }
        List<FieldProblem> problems = new ArrayList<>();
        for (Decoding.WrongType wrong : decoding.wrong().stream()
                .sorted(java.util.Comparator.comparing(Decoding.WrongType::path))
                .toList()) {
            String found = wrong.found().equals("bool") ? "boolean" : wrong.found();
            problems.add(new FieldProblem(
                    wrong.path(),
                    FieldProblem.Type.TYPE_INVALID,
                    "Invalid value: \"" + found + "\": " + wrong.path() + " in body must be of type "
                            + inSchema(wrong.expected()) + ": \"" + found + "\""));
        }
        problems.addAll(unchecked(target, problems));
        throw ApiError.invalid(
                target.kind(), object.path("metadata").path("name").asString(""), problems);
    }

    /** Types by the names of schemas, not of Go. */
    private static String inSchema(String type) {
        return switch (type) {
            case "bool" -> "boolean";
            case "map" -> "object";
            case "int32", "int64" -> "integer";
            case "float", "double" -> "number";
            case "integer or string" -> "integer,string";
            default -> type;
        };
    }

    /** That rules wait until the object has the shape that they were written for. */
    private static List<FieldProblem> unchecked(Target target, List<FieldProblem> problems) {
        boolean blocked = problems.stream().anyMatch(problem -> BLOCKING.contains(problem.type()));
        return blocked && !target.served().rules().isEmpty()
                ? List.of(FieldProblem.invalid(
                        "<nil>",
                        "null",
                        "some validation rules were not checked because the object was invalid; correct the existing"
                                + " errors to complete validation"))
                : List.of();
    }

    private static List<Header> unknown(Decoding decoding, Target target, WriteOptions options) {
        if (decoding.unknown().isEmpty() || options.strictness() == Strictness.IGNORE) {
            return List.of();
        }
        List<String> words = decoding.unknown().stream()
                .map(path -> "unknown field \"" + path + "\"")
                .toList();
        if (options.strictness() == Strictness.STRICT) {
            throw ApiError.badRequest(handled(target) + "strict decoding error: " + String.join(", ", words));
        }
        return words.stream()
                .limit(20)
                .map(word -> new Header("Warning", "299 - \"" + word.replace("\"", "\\\"") + "\""))
                .toList();
    }

    private static String handled(Target target) {
        return target.kind().kind() + " in version \"" + target.version() + "\" cannot be handled as a "
                + target.kind().kind() + ": ";
    }

    /** Throws 422 with everything that is wrong; {@code before} is null for a new object. */
    static void validated(@Nullable ObjectNode before, ObjectNode object, Target target, List<FieldProblem> more) {
        List<FieldProblem> problems = new ArrayList<>(ObjectMeta.problems(object));
        problems.addAll(Validation.of(object, target.served().schema(), before));
        List<FieldProblem> unchecked = unchecked(target, problems);
        problems.addAll(unchecked.isEmpty() ? target.served().rules().problems(object, before) : unchecked);
        // What Kubernetes' code says of a field says more than its description.
        problems.removeIf(general -> more.stream().anyMatch(special -> covers(special, general)));
        problems.addAll(more);
        if (!problems.isEmpty()) {
            throw ApiError.invalid(
                    target.kind(), object.path("metadata").path("name").asString(""), problems);
        }
    }

    private static boolean covers(FieldProblem special, FieldProblem general) {
        return special.type().equals(general.type())
                && (special.field().equals(general.field())
                        || general.field().startsWith(special.field() + ".")
                        || special.message().equals(general.message()));
    }
}
