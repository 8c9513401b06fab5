package io.edgemc.kube.view;

import io.edgemc.kube.crd.CrdKinds;
import io.edgemc.kube.kind.KindCatalog;
import io.edgemc.kube.kind.ServedKind;
import io.edgemc.kube.store.KubeStore;
import io.edgemc.kube.store.ObjectQuery;
import io.edgemc.kube.store.StoreException;
import io.edgemc.kube.store.StoredChange;
import io.edgemc.kube.store.StoredObject;
import io.edgemc.kube.watch.WatchHub;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keeps a view's catalog in step with the CRDs in its store. */
final class StoredCrds {
    private record Known(long version, List<ServedKind> kinds) {}

    private static final int PAGE = 512;

    private final KubeStore store;
    private final KindCatalog catalog;
    private final Map<String, Known> known = new TreeMap<>();

    StoredCrds(KubeStore store, KindCatalog catalog) {
        this.store = store;
        this.catalog = catalog;
    }

    /** Whether the store may hold CRDs that were not seen yet. */
    boolean behind(WatchHub hub) {
        return catalog.followsCrds() && hub.tail() < store.position();
    }

    /** Takes in what the hub has not handed out yet, so that a client that defined a kind finds it at once. */
    void catchUp(WatchHub hub) {
        Set<String> names = new TreeSet<>();
        long at = hub.tail();
        try {
            List<StoredChange> changes;
            do {
                changes = store.changesAfter(at, PAGE);
                for (StoredChange change : changes) {
                    StoredObject any = change.current() == null ? change.previous() : change.current();
                    if (any != null && any.kind().equals(CrdKinds.CRDS)) {
                        names.add(any.name());
                    }
                    at = change.position();
                }
            } while (changes.size() == PAGE);
        } catch (StoreException.Expired e) {
            read();
            return;
        }
        names.forEach(this::refresh);
    }

    private synchronized void refresh(String name) {
        StoredObject now = store.get(CrdKinds.CRDS, "", name);
        Known there = known.get(name);
        if (now == null) {
            if (known.remove(name) != null) {
                publish();
            }
        } else if (there == null || there.version() < now.resourceVersion()) {
            known.put(name, parsed(now));
            publish();
        }
    }

    synchronized void read() {
        List<StoredObject> all =
                store.list(new ObjectQuery(CrdKinds.CRDS, null, 0, null, 0)).objects();
        Map<String, Known> before = Map.copyOf(known);
        known.clear();
        for (StoredObject crd : all) {
            Known earlier = before.get(crd.name());
            known.put(
                    crd.name(), earlier != null && earlier.version() == crd.resourceVersion() ? earlier : parsed(crd));
        }
        if (!known.equals(before)) {
            publish();
        }
    }

    synchronized void changed(StoredChange change) {
        StoredObject before = change.previous();
        StoredObject after = change.current();
        StoredObject any = after == null ? before : after;
        if (any == null || !any.kind().equals(CrdKinds.CRDS)) {
            return;
        }
        Known there = known.get(any.name());
        if (after == null) {
            if (there != null && there.version() < change.position()) {
                known.remove(any.name());
                publish();
            }
        } else if (there == null || there.version() < after.resourceVersion()) {
            known.put(after.name(), parsed(after));
            publish();
        }
    }

    private static Known parsed(StoredObject stored) {
        JsonNode crd = JsonMapper.shared().readTree(stored.body());
        boolean established = false;
        for (JsonNode condition : crd.path("status").path("conditions")) {
            established |= condition.path("type").asString("").equals("Established")
                    && condition.path("status").asString("").equals("True");
        }
        ServedKind kind = established ? CrdKinds.of(crd, ServedKind.Origin.CRD) : null;
        return new Known(stored.resourceVersion(), kind == null ? List.of() : List.of(kind));
    }

    private void publish() {
        List<ServedKind> kinds = new ArrayList<>();
        known.values().forEach(crd -> kinds.addAll(crd.kinds()));
        catalog.defined(kinds);
    }
}
