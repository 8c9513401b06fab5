package io.edgemc.kube.write;

import io.edgemc.kube.crd.CrdKinds;
import io.edgemc.kube.crd.CrdRules;
import io.edgemc.kube.kind.KindCatalog;
import io.edgemc.kube.store.Actor;
import io.edgemc.kube.store.KubeStore;
import io.edgemc.kube.store.ObjectQuery;
import io.edgemc.kube.store.StoredChange;
import io.edgemc.kube.store.StoredObject;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Names that a CRD gives back go to the one that has waited for them longest. Every step may be repeated. */
final class CrdReleases {
    private final KubeStore store;
    private final KindCatalog catalog;
    private final Clock clock;
    private final Commits commits;
    /** CRDs whose names are not all accepted. */
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();

    CrdReleases(KubeStore store, KindCatalog catalog, Clock clock) {
        this.store = store;
        this.catalog = catalog;
        this.clock = clock;
        this.commits = new Commits(store);
    }

    /** Notes a change of a CRD; whether others may get names by it. */
    boolean changed(StoredChange change) {
        StoredObject now = change.current();
        StoredObject before = change.previous();
        if (now != null && waits(now)) {
            waiting.add(now.name());
            return false;
        }
        boolean released = now == null || waiting.contains(now.name());
        StoredObject any = now == null ? before : now;
        if (any != null) {
            waiting.remove(any.name());
        }
        return released && !waiting.isEmpty();
    }

    /** Looks for CRDs that wait, at the start. */
    void find() {
        if (catalog.now().find(CrdKinds.CRDS) != null) {
            all().stream().filter(CrdReleases::waits).forEach(crd -> waiting.add(crd.name()));
        }
    }

    /** Gives names to the first that can have more than it has; its own change brings us back for the next. */
    void again(Actor actor) {
        List<StoredObject> crds = all().stream()
                .filter(crd -> waiting.contains(crd.name()))
                .sorted(Comparator.comparing(crd ->
                        tree(crd).path("metadata").path("creationTimestamp").asString("")))
                .toList();
        for (StoredObject crd : crds) {
            ObjectNode after = CrdRules.again((ObjectNode) tree(crd), catalog.now(), ObjectMeta.time(clock.instant()));
            if (after != null) {
                commits.replace(after, crd, actor);
                return;
            }
        }
    }

    private List<StoredObject> all() {
        return store.list(new ObjectQuery(CrdKinds.CRDS, null, 0, null, 0)).objects();
    }

    private static boolean waits(StoredObject crd) {
        return tree(crd)
                .path("status")
                .path("conditions")
                .valueStream()
                .filter(condition -> condition.path("type").asString("").equals("NamesAccepted"))
                .noneMatch(condition -> condition.path("status").asString("").equals("True"));
    }

    private static JsonNode tree(StoredObject crd) {
        return JsonMapper.shared().readTree(crd.body());
    }
}
