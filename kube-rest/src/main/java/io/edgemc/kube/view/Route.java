package io.edgemc.kube.view;

import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.KubeAnswer;
import io.edgemc.kube.api.KubeRequest;
import io.edgemc.kube.api.ResourcePath;
import io.edgemc.kube.api.Target;
import io.edgemc.kube.facts.BuiltInFacts;
import io.edgemc.kube.kind.ServedKind;
import io.edgemc.kube.review.Reviews;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** From a path to who answers it. */
record Route(Supplier<KubeAnswer> answers) {
    private static final String AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    private static final String OLD_WATCH = "watch";
    private static final Set<String> NAMESPACE_PARTS = Set.of("status", "finalize");

    /** kubectl asks at most five questions a second of a server that does not say that it looks after fairness itself. */
    private static final List<KubeAnswer.Header> FAIR = List.of(
            new KubeAnswer.Header("X-Kubernetes-Pf-Flowschema-Uid", "view"),
            new KubeAnswer.Header("X-Kubernetes-Pf-Prioritylevel-Uid", "view"));

    KubeAnswer answer() {
        return answers.get();
    }

    static Route of(KubeView view, KubeRequest request) {
        List<String> path = ResourcePath.segments(request.path());
        if (path.isEmpty()) {
            return document(request, () -> KubeAnswer.json(200, view.discovery().paths()));
        }
        return switch (path.getFirst()) {
            case "api" ->
                path.size() == 1
                        ? document(request, () -> versions(view, request, true))
                        : resources(view, request, "", path.get(1), path.subList(2, path.size()));
            case "apis" ->
                switch (path.size()) {
                    case 1 -> document(request, () -> versions(view, request, false));
                    case 2 ->
                        document(request, () -> {
                            ObjectNode group = view.discovery().group(path.get(1));
                            return group == null ? nothingThere() : KubeAnswer.json(200, group);
                        });
                    default -> resources(view, request, path.get(1), path.get(2), path.subList(3, path.size()));
                };
            case "version" ->
                document(request, () -> only(path, 1, BuiltInFacts.get().version()));
            case "healthz", "livez", "readyz" ->
                document(request, () -> KubeAnswer.text(200, "ok").with(FAIR));
            case "openapi" -> document(request, () -> openApi(view, request, path));
            default -> new Route(Route::nothingThere);
        };
    }

    private static boolean isCustom(KubeView view, String group) {
        return view.kinds().all().stream()
                .anyMatch(kind -> kind.ref().group().equals(group) && kind.origin() == ServedKind.Origin.CRD);
    }

    /** Below a path that no group has, an API server knows of no API and answers as any web server. */
    private static KubeAnswer nothingThere() {
        return KubeAnswer.text(404, "404 page not found\n");
    }

    private static Route document(KubeRequest request, Supplier<KubeAnswer> answer) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            throw ApiError.methodNotAllowed();
        }
        return new Route(answer);
    }

    private static KubeAnswer versions(KubeView view, KubeRequest request, boolean core) {
        boolean aggregated = request.header("accept").replace(" ", "").contains(AGGREGATED);
        if (aggregated) {
            byte[] body =
                    view.discovery().aggregated(core).toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            return new KubeAnswer(
                    200, AGGREGATED, List.of(new KubeAnswer.Header("Vary", "Accept")), new KubeAnswer.Bytes(body));
        }
        return KubeAnswer.json(
                        200,
                        core
                                ? view.discovery().coreVersions(request.header("host"))
                                : view.discovery().groupList())
                .with(List.of(new KubeAnswer.Header("Vary", "Accept")));
    }

    private static KubeAnswer openApi(KubeView view, KubeRequest request, List<String> path) {
        if (path.size() == 2 && path.get(1).equals("v2")) {
            return view.openApi().swagger(request.header("accept"));
        }
        if (path.size() < 2 || !path.get(1).equals("v3")) {
            throw ApiError.noSuchPath();
        }
        if (path.size() == 2) {
            return KubeAnswer.json(200, view.openApi().index(request.prefix()));
        }
        if (path.size() == 4 && path.get(2).equals("api")) {
            return document(view.openApi().document("", path.get(3)));
        }
        if (path.size() == 5 && path.get(2).equals("apis")) {
            return document(view.openApi().document(path.get(3), path.get(4)));
        }
        throw ApiError.noSuchPath();
    }

    private static KubeAnswer only(List<String> path, int size, JsonNode document) {
        if (path.size() != size) {
            throw ApiError.noSuchPath();
        }
        return KubeAnswer.json(200, document);
    }

    /** An API server says no more than that a document is not there. */
    private static KubeAnswer document(@Nullable ObjectNode document) {
        return document == null
                ? new KubeAnswer(404, "", List.of(), new KubeAnswer.Bytes(new byte[0]))
                : KubeAnswer.json(200, document);
    }

    private static KubeAnswer found(@Nullable ObjectNode document) {
        if (document == null) {
            throw ApiError.noSuchPath();
        }
        return KubeAnswer.json(200, document);
    }

    /** Before there was a parameter for it, watches had paths of their own; some clients still know them. */
    private static Route watch(KubeView view, KubeRequest request, String group, String version, List<String> rest) {
        KubeRequest watching = request.with("watch", "true");
        boolean named = rest.size() == 2 || rest.size() == 4;
        return named
                ? resources(
                        view,
                        watching.with("fieldSelector", "metadata.name=" + rest.getLast()),
                        group,
                        version,
                        rest.subList(0, rest.size() - 1))
                : resources(view, watching, group, version, rest);
    }

    private static Route resources(
            KubeView view, KubeRequest request, String group, String version, List<String> rest) {
        if (rest.isEmpty()) {
            return document(request, () -> found(view.discovery().resources(group, version)));
        }
        if (rest.getFirst().equals(OLD_WATCH) && rest.size() > 1) {
            return watch(view, request, group, version, rest.subList(1, rest.size()));
        }
        boolean insideNamespace = rest.getFirst().equals("namespaces")
                && rest.size() > 2
                && !(rest.size() == 3 && group.isEmpty() && NAMESPACE_PARTS.contains(rest.get(2)));
        String namespace = insideNamespace ? rest.get(1) : "";
        List<String> own = insideNamespace ? rest.subList(2, rest.size()) : rest;
        if (own.size() > 3) {
            throw ApiError.noSuchPath();
        }
        ServedKind review = Reviews.find(group, version, own.getFirst());
        if (review != null && own.size() == 1 && namespace.isEmpty()) {
            return new Route(() -> view.review(request, new Target(review, version, "", "", "")));
        }
        ServedKind kind = view.find(group, version, own.getFirst());
        if (kind == null) {
            if (!group.isEmpty() && (view.discovery().group(group) == null || isCustom(view, group))) {
                return new Route(Route::nothingThere);
            }
            throw ApiError.noSuchPath();
        }
        String name = own.size() > 1 ? own.get(1) : "";
        String subresource = own.size() > 2 ? own.get(2) : "";
        boolean scoped = kind.namespaced() ? !namespace.isEmpty() || name.isEmpty() : namespace.isEmpty();
        Target target = new Target(kind, version, namespace, name, subresource);
        if (!scoped && kind.origin() == ServedKind.Origin.CRD) {
            return new Route(Route::nothingThere);
        }
        if (subresource.equals("token") && kind.is("", "serviceaccounts") && view.lacks(target)) {
            throw ApiError.notFound(kind.ref(), name); // those that are there get no tokens either
        }
        if (!scoped || !subresource.isEmpty() && !target.served().subresources().containsKey(subresource)) {
            throw ApiError.noSuchPath();
        }
        return new Route(() -> view.object(request, target));
    }
}
