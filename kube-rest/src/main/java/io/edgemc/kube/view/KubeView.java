package io.edgemc.kube.view;

import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.KubeAnswer;
import io.edgemc.kube.api.KubeRequest;
import io.edgemc.kube.api.Target;
import io.edgemc.kube.api.Verbs;
import io.edgemc.kube.api.ViewRules;
import io.edgemc.kube.crd.CrdKinds;
import io.edgemc.kube.discovery.Discovery;
import io.edgemc.kube.discovery.OpenApi;
import io.edgemc.kube.kind.Kinds;
import io.edgemc.kube.kind.ServedKind;
import io.edgemc.kube.read.Lister;
import io.edgemc.kube.read.ObjectReader;
import io.edgemc.kube.review.Reviews;
import io.edgemc.kube.store.KindRef;
import io.edgemc.kube.store.StoreException;
import io.edgemc.kube.watch.Watch;
import io.edgemc.kube.watch.WatchHub;
import io.edgemc.kube.write.BodyReader;
import io.edgemc.kube.write.Deleter;
import io.edgemc.kube.write.Endings;
import io.edgemc.kube.write.ObjectWriter;
import io.edgemc.kube.write.Scales;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One Kubernetes-shaped API over one store. Thread-safe; close it to end its watches. */
public final class KubeView implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KubeView.class);

    private static final KindRef ENDPOINTS = new KindRef("", "endpoints");
    private static final String ENDPOINTS_DEPRECATED =
            "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice";

    private record Documents(Kinds kinds, Discovery discovery, OpenApi openApi) {}

    private final ViewSettings settings;
    private final WatchHub hub;
    private final StoredCrds crds;
    private final @Nullable Endings endings;
    private final ObjectReader reader;
    private final Lister lister;
    private final BodyReader bodies;
    private final ObjectWriter writer;
    private final Scales scales;
    private final Deleter deleter;
    private final Reviews reviews;
    private final Places places;
    private volatile @Nullable Documents documents;

    public KubeView(ViewSettings settings) {
        this.settings = settings;
        var store = settings.store();
        ViewRules rules = settings.rules();
        hub = new WatchHub(store);
        crds = new StoredCrds(store, settings.catalog());
        reader = new ObjectReader(store, settings.clock());
        lister = new Lister(store, settings.clock());
        bodies = new BodyReader(settings.bodyLimit());
        writer = new ObjectWriter(store, settings.catalog(), rules, reader, bodies, settings.clock());
        scales = new Scales(store, writer, reader, bodies);
        deleter = new Deleter(store, rules, reader, bodies, settings.clock());
        reviews = new Reviews(settings.reviewer(), settings.clock());
        places = new Places(settings.limits());
        if (settings.catalog().followsCrds()) {
            hub.follow(crds::changed);
            crds.read();
        }
        endings = deletes(Endings.HOLDERS) ? new Endings(store, settings.catalog(), deleter, settings.clock()) : null;
        if (endings != null) {
            hub.follow(endings::changed);
            endings.start();
        }
    }

    /** Whether clients may delete objects of one of these kinds here; elsewhere nobody ends what a source says is ending. */
    private boolean deletes(List<KindRef> kinds) {
        return kinds.stream()
                .map(settings.catalog().now()::find)
                .anyMatch(kind -> kind != null && settings.rules().verbs(kind).contains("delete"));
    }

    /**
     * Takes a place for a request, to be given back when its answer is written.
     *
     * @throws ApiError 429 if as many are at work as this view takes
     */
    public Place enter(KubeRequest request) {
        return places.enter(request);
    }

    /** Requests that have a place now. */
    public int requestsInFlight() {
        return places.requestsInFlight();
    }

    /** Watches that have a place now, those that only begin among them. */
    public int openWatches() {
        return places.openWatches();
    }

    /** A place that a request has, as long as it is at work. */
    public interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /** Answers a request; never throws. */
    public KubeAnswer handle(KubeRequest request) {
        try {
            return Route.of(this, request).answer();
        } catch (ApiError e) {
            return KubeAnswer.of(e);
        } catch (StoreException e) {
            return KubeAnswer.of(refusal(e));
        } catch (RuntimeException e) {
            LOG.error(
                    "A request to a view failed; requestId={}", request.actor().requestId(), e);
            return KubeAnswer.of(ApiError.internal(request.actor().requestId()));
        }
    }

    private static ApiError refusal(StoreException e) {
        String message = String.valueOf(e.getMessage());
        return switch (e) {
            case StoreException.AlreadyExists taken -> new ApiError(409, "AlreadyExists", message, null);
            case StoreException.Stale stale -> new ApiError(409, "Conflict", message, null);
            case StoreException.Expired expired -> ApiError.expired(message);
            case StoreException.Invalid invalid ->
                new ApiError(422, "Invalid", invalid.field() + ": Invalid value: " + message, null);
            case StoreException.QuotaExceeded quota -> ApiError.forbidden(quota.kind(), quota.name(), message);
            case StoreException.Terminating ending -> new ApiError(403, "Forbidden", message, null);
            case StoreException.Unavailable away -> ApiError.unavailable(message);
        };
    }

    /** The kind of a path; null if it is not served. Looks again at the store's CRDs before it says so. */
    @Nullable
    ServedKind find(String group, String version, String resource) {
        ServedKind kind = settings.catalog().now().find(group, version, resource);
        if (kind == null && crds.behind(hub)) {
            crds.read();
            kind = settings.catalog().now().find(group, version, resource);
        }
        return kind;
    }

    KubeAnswer object(KubeRequest request, Target target) {
        Set<String> verbs = Verbs.of(target.kind(), settings.rules());
        boolean collection = target.name().isEmpty();
        boolean watching = collection && request.flag("watch");
        String verb = switch (request.method()) {
            case "GET" -> collection ? watching ? "watch" : "list" : "get";
            case "POST" -> collection ? "create" : "";
            case "PUT" -> collection ? "" : "update";
            case "PATCH" -> collection ? "" : "patch";
            case "DELETE" -> collection ? "deletecollection" : "delete";
            default -> "";
        };
        boolean below = !target.subresource().isEmpty();
        boolean served = below
                ? target.served()
                        .subresources()
                        .getOrDefault(target.subresource(), Set.of())
                        .contains(verb)
                : verbs.contains(verb);
        if (verb.isEmpty() || !served || !verbs.contains(verb)) {
            throw ApiError.methodNotAllowed();
        }
        if (verb.equals("create")
                && target.kind().namespaced()
                && target.namespace().isEmpty()) {
            throw ApiError.methodNotAllowed();
        }
        List<KubeAnswer.Header> deprecation = deprecation(target);
        try {
            return answered(request, target, verb).after(deprecation);
        } catch (ApiError e) {
            throw deprecation.isEmpty() ? e : e.after(deprecation);
        }
    }

    private static List<KubeAnswer.Header> deprecation(Target target) {
        String text = target.kind().ref().equals(ENDPOINTS)
                ? ENDPOINTS_DEPRECATED
                : target.served().traits().deprecation();
        return text == null ? List.of() : List.of(KubeAnswer.Header.warning(text));
    }

    private KubeAnswer answered(KubeRequest request, Target target, String verb) {
        if (!isRead(verb)) {
            // Whoever cannot be answered changes nothing.
            reader.requireAcceptable(request, target, verb.equals("deletecollection"));
        }
        if (target.subresource().equals("scale")) {
            return switch (verb) {
                case "get" -> scales.get(request, target);
                case "update" -> scales.replace(request, target);
                default -> scales.patch(request, target);
            };
        }
        KubeAnswer answer = switch (verb) {
            case "get" -> reader.get(request, target);
            case "list" -> lister.list(request, target);
            case "watch" -> Watch.answer(settings.store(), hub, request, target, settings.clock());
            case "create" -> writer.create(request, target);
            case "update" -> writer.replace(request, target);
            case "patch" -> writer.patch(request, target);
            case "delete" -> deleter.delete(request, target);
            default -> deleter.deleteCollection(request, target);
        };
        if (target.kind().ref().equals(CrdKinds.CRDS) && settings.catalog().followsCrds() && !isRead(verb)) {
            crds.catchUp(hub);
        }
        return answer;
    }

    private static boolean isRead(String verb) {
        return verb.equals("get") || verb.equals("list") || verb.equals("watch");
    }

    /** Whether the object of a path is not there. */
    boolean lacks(Target target) {
        return settings.store().get(target.kind().rests(), target.namespace(), target.name()) == null;
    }

    KubeAnswer review(KubeRequest request, Target target) {
        if (!request.method().equals("POST")) {
            throw ApiError.methodNotAllowed();
        }
        return reviews.answer(target, bodies.object(request, target), request.actor());
    }

    Discovery discovery() {
        return documents().discovery();
    }

    OpenApi openApi() {
        return documents().openApi();
    }

    private Documents documents() {
        Kinds kinds = settings.catalog().now();
        Documents known = documents;
        if (known == null || known.kinds() != kinds) {
            known = new Documents(kinds, new Discovery(kinds, Reviews.kinds(), settings.rules()), new OpenApi(kinds));
            documents = known;
        }
        return known;
    }

    /** Kinds that are served now. */
    public Kinds kinds() {
        return settings.catalog().now();
    }

    /** How many clients watch. */
    public int watchers() {
        return hub.watchers();
    }

    /** What rules a view has; for services that look. */
    public ViewRules rules() {
        return settings.rules();
    }

    @Override
    public void close() {
        if (endings != null) {
            endings.close();
        }
        hub.close();
    }
}
