package io.edgemc.kube.write;

import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.KubeAnswer.Header;
import io.edgemc.kube.api.Target;
import io.edgemc.kube.crd.CrdKinds;
import io.edgemc.kube.crd.CrdRules;
import io.edgemc.kube.kind.ServedKind;
import io.edgemc.kube.schema.Decoding;
import io.edgemc.kube.schema.Defaults;
import io.edgemc.kube.schema.FieldOrder;
import io.edgemc.kube.schema.FieldProblem;
import io.edgemc.kube.schema.GoFields;
import io.edgemc.kube.schema.Validation;
import io.edgemc.kube.write.WriteOptions.Strictness;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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

    private static final int MOST_WARNINGS = 20;

    private ObjectShape() {}

    /** Checks type and name against the path, drops unknown fields. Returns warnings. */
    static List<Header> shaped(ObjectNode object, Target target, WriteOptions options) {
        return shaped(object, new SentBody(object), target, options);
    }

    /** The same for what came as {@code sent}. */
    static List<Header> shaped(ObjectNode object, SentBody sent, Target target, WriteOptions options) {
        typed(object, target);
        if (object.path("metadata").isMissingNode() || object.path("metadata").isNull()) {
            object.putObject("metadata");
        }
        return decoded(Decoding.of(object, target.served().schema()), object, sent, target, options);
    }

    /** The same for what comes of an apply. */
    static List<Header> merged(ObjectNode object, Target target, WriteOptions options) {
        ObjectMeta.of(object);
        Decoding decoding = Decoding.ofMerged(object, target.served().schema());
        return decoded(decoding, object, new SentBody(object), target, options);
    }

    /** What a strict reader says of a body alone. */
    static List<Header> warned(SentBody sent, Target target, WriteOptions options) {
        return strict(sent.problems(), sent.head(), target, options);
    }

    private static List<Header> decoded(
            Decoding decoding, ObjectNode object, SentBody sent, Target target, WriteOptions options) {
        decoding.wrong().stream().findFirst().ifPresent(first -> {
            if (first.goMessage() != null) {
                throw ApiError.badRequest(handled(target) + first.goMessage());
            }
        });
        List<Header> warnings = strict(decoding, sent, target, options);
        refuseWrongTypes(decoding, object, target, warnings);
        ObjectMeta.tidied(object);
        return warnings;
    }

    /** Fills in the defaults of the schema. Not for what a client applies: it owns what it says, and nothing else. */
    static void completed(ObjectNode object, Target target) {
        GoFields.normalize(object, target.served().schema());
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

    private static void refuseWrongTypes(Decoding decoding, ObjectNode object, Target target, List<Header> warnings) {
        if (decoding.wrong().isEmpty()) {
            return;
        }
        Decoding.WrongType first = decoding.wrong().getFirst();
        if (target.kind().origin() == ServedKind.Origin.BUILT_IN) {
            throw ApiError.badRequest(handled(target) + "json: cannot unmarshal " + first.found()
                    + " into Go struct field " + target.kind().kind() + "." + first.path() + " of type "
                    + first.expected());
        }
        List<FieldProblem> problems = decoding.wrong().stream()
                .filter(wrong -> wrong.found().equals("null"))
                .map(wrong -> FieldProblem.ofType(wrong.path(), "null", wrong.expected()))
                .collect(Collectors.toCollection(ArrayList::new));
        problems.addAll(Validation.of(object, target.served().schema()));
        problems.addAll(unchecked(target, problems));
        throw ApiError.invalid(
                        target.kind(), object.path("metadata").path("name").asString(""), problems)
                .after(warnings);
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

    /** What a strict reader refuses, as a refusal or as warnings. */
    private static List<Header> strict(Decoding decoding, SentBody sent, Target target, WriteOptions options) {
        List<String> words = new ArrayList<>(sent.problems());
        // Of custom kinds, an API server collects them before it tells.
        boolean sorted = target.kind().origin() != ServedKind.Origin.BUILT_IN;
        (sorted ? decoding.unknown().stream().sorted() : decoding.unknown().stream())
                .forEach(path -> words.add("unknown field \"" + path + "\""));
        return strict(words, sent.head(), target, options);
    }

    private static List<Header> strict(List<String> words, String head, Target target, WriteOptions options) {
        if (words.isEmpty() || options.strictness() == Strictness.IGNORE) {
            return List.of();
        }
        if (options.strictness() == Strictness.STRICT) {
            throw ApiError.badRequest(handled(target) + "strict decoding error: " + head + String.join(", ", words));
        }
        return words.stream()
                .limit(MOST_WARNINGS)
                .map(word -> Header.warning(word))
                .toList();
    }

    private static String handled(Target target) {
        return target.kind().kind() + " in version \"" + target.version() + "\" cannot be handled as a "
                + target.kind().kind() + ": ";
    }

    /**
     * Throws 422 with everything that is wrong.
     *
     * @param before null for a new object
     * @param first what comes first: of the name, and of what cannot change in metadata
     * @param more what code finds beyond the schema
     */
    static void validated(
            @Nullable ObjectNode before,
            ObjectNode object,
            Target target,
            List<FieldProblem> first,
            List<FieldProblem> more) {
        List<FieldProblem> general =
                new ArrayList<>(Validation.of(object, target.served().schema(), before));
        List<FieldProblem> unchecked = unchecked(target, general);
        general.addAll(unchecked.isEmpty() ? target.served().rules().problems(object, before) : unchecked);
        // What Kubernetes' code says of a field says more than its description.
        general.removeIf(one -> more.stream().anyMatch(special -> covers(special, one)));
        general.removeIf(one ->
                isCrd(target) && (one.field().contains(".openAPIV3Schema") || CrdRules.CHECKED.contains(one.field())));
        general.removeIf(one -> one.field().startsWith("metadata.ownerReferences["));
        List<FieldProblem> problems = new ArrayList<>(first);
        problems.addAll(MetaChecks.problems(object, target.kind()));
        problems.addAll(together(general, more, target));
        if (!problems.isEmpty()) {
            throw ApiError.invalid(
                    target.kind(), object.path("metadata").path("name").asString(""), problems);
        }
    }

    /** Where code finds everything, it does so in the order in which an API server does. */
    private static List<FieldProblem> together(List<FieldProblem> general, List<FieldProblem> special, Target target) {
        List<FieldProblem> all = new ArrayList<>(general);
        all.addAll(special);
        boolean mixed = !general.isEmpty() && !special.isEmpty();
        return !isCrd(target) && mixed ? FieldOrder.sorted(all, target.served().schema()) : all;
    }

    private static boolean isCrd(Target target) {
        return target.kind().ref().equals(CrdKinds.CRDS);
    }

    private static boolean covers(FieldProblem special, FieldProblem general) {
        if (general.type() == FieldProblem.Type.NOT_SUPPORTED && special.field().equals(general.field())) {
            return true;
        }
        return special.type().equals(general.type())
                && (special.field().equals(general.field())
                        || general.field().startsWith(special.field() + ".")
                        || special.type() != FieldProblem.Type.REQUIRED
                                && special.message().equals(general.message()));
    }
}
